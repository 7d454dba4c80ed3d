import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from './installation.ts'
import { isSafeIssuer, type OpenIdSettings } from './oidc-settings.ts'

const address = z.url().refine(isSafeIssuer, 'neither https nor this machine')
/** What is used of the issuer's description, as OpenID Connect Discovery 1.0 names it. */
const description = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
})
type Description = z.infer<typeof description>
type Opened = { about: Description; keys: ReturnType<typeof createRemoteJWKSet>; at: number }

export type Proof = { code: string; verifier: string; nonce: string; redirectUri: string }
/** Claims that the issuer vouched for; `sub` is theirs for ever. */
export type OpenIdClaims = JWTPayload & { iss: string; sub: string }
export type OpenIdIssuer = {
  about(): Promise<Description>
  /** What the issuer says of whoever brought this code; throws ZK-AUTH-006 for what is not right, ZK-AUTH-008 for silence. */
  claimsFor(proof: Proof): Promise<OpenIdClaims>
}

const answerMs = 5_000
const describedMs = 60 * 60_000
/** How soon after a look an unknown key is worth another one. */
const lookAgainMs = 30_000
const skewSeconds = 30
/** Those with a public key: neither `none` nor a shared secret proves who signed. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

type Options = {
  it: Pick<Installation, 'now' | 'warn'>
  settings: OpenIdSettings
}

/** The issuer as we ask it: its description is kept for an hour, its keys until one comes that is not among them. */
export function openIdIssuer({ it, settings }: Options): OpenIdIssuer {
  let opened: Opened | undefined
  let opening: Promise<Opened> | undefined

  async function open(): Promise<Opened> {
    const about = description.parse(
      await readJsonAt(`${withoutSlash(settings.issuer)}/.well-known/openid-configuration`),
    )
    if (withoutSlash(about.issuer) !== withoutSlash(settings.issuer)) throw new Error(`it calls itself ${about.issuer}`)
    const options = { timeoutDuration: answerMs, cooldownDuration: lookAgainMs }
    const isKnown = opened !== undefined && opened.about.jwks_uri === about.jwks_uri
    const keys = isKnown && opened ? opened.keys : createRemoteJWKSet(new URL(about.jwks_uri), options)
    return { about, keys, at: it.now() }
  }

  async function current(): Promise<Opened> {
    const age = opened ? it.now() - opened.at : -1
    if (opened && age >= 0 && age < describedMs) return opened
    opening ??= open().finally(() => {
      opening = undefined
    })
    try {
      opened = await opening
    } catch (cause) {
      // What it said an hour ago is likelier to hold than nobody signing in.
      if (!opened) throw silent(cause)
    }
    return opened
  }

  async function exchange(about: Description, { code, verifier, redirectUri }: Proof) {
    const { clientId, clientSecret } = settings
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier })
    body.set('redirect_uri', redirectUri)
    const headers: Record<string, string> = { accept: 'application/json' }
    const methods = about.token_endpoint_auth_methods_supported
    const isBasic = methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
    if (clientSecret !== undefined && isBasic) {
      const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`
      headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`
    } else {
      body.set('client_id', clientId)
      if (clientSecret !== undefined) body.set('client_secret', clientSecret)
    }
    const answer = await ask(about.token_endpoint, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.status === 400 && /"invalid_grant"/.test(text)) throw new AppError('ZK-AUTH-006')
    if (!answer.ok) throw silent(new Error(`${about.token_endpoint} answered ${answer.status} ${text.slice(0, 300)}`))
    const parsed = tokens.safeParse(jsonIn(text))
    if (!parsed.success) throw wrong(parsed.error)
    return parsed.data
  }

  const silent = (cause: unknown) => {
    it.warn('the OpenID issuer could not be asked', cause)
    return new AppError('ZK-AUTH-008', { cause, figures: { issuer: new URL(settings.issuer).host } })
  }
  const wrong = (cause: unknown) => {
    it.warn('what the OpenID issuer said was not believed', cause)
    return new AppError('ZK-AUTH-006', { cause })
  }
  const ask = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(answerMs) }).catch((cause) => {
      throw silent(cause)
    })

  return {
    about: async () => (await current()).about,

    async claimsFor(proof) {
      const { about, keys } = await current()
      const { id_token, access_token } = await exchange(about, proof)
      const { payload } = await jwtVerify(id_token, keys, {
        issuer: about.issuer,
        audience: settings.clientId,
        algorithms,
        requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
        clockTolerance: skewSeconds,
        currentDate: new Date(it.now()),
      }).catch((cause: unknown) => {
        throw isDisbelief(cause) ? wrong(cause) : silent(cause)
      })
      if (payload.nonce !== proof.nonce) throw wrong(new Error('the nonce is another one'))
      const isForOthers = Array.isArray(payload.aud) && payload.aud.length > 1
      if ((isForOthers || payload.azp !== undefined) && payload.azp !== settings.clientId) {
        throw wrong(new Error('it was made for another program'))
      }
      const claims = payload as OpenIdClaims
      const wanted = ['name', ...(settings.rolesClaim ? [settings.rolesClaim] : [])]
      if (!about.userinfo_endpoint || !access_token || wanted.every((name) => claims[name] !== undefined)) return claims
      const answer = await ask(about.userinfo_endpoint, { headers: { authorization: `Bearer ${access_token}` } })
      const more = answer.ok ? userinfo.safeParse(jsonIn(await answer.text())) : null
      // A token of somebody else could have been slipped in: only what is said of the same person counts.
      return more?.success && more.data.sub === claims.sub ? { ...more.data, ...claims } : claims
    },
  }
}

const tokens = z.object({ id_token: z.string().max(100_000), access_token: z.string().max(100_000).optional() })
const userinfo = z.looseObject({ sub: z.string() })
const withoutSlash = (url: string) => url.replace(/\/$/, '')

async function readJsonAt(url: string): Promise<unknown> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(answerMs) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return await answer.json()
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No schema takes it, which is told there.
    return undefined
  }
}

/** The token is not right, as against keys that could not be fetched. */
const isDisbelief = (cause: unknown) =>
  cause instanceof errors.JOSEError &&
  !['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(cause.code)
