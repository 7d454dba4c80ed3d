import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'

export type OpenIdProvider = Awaited<ReturnType<typeof startOpenIdProvider>>
type SaidOfPerson = Record<string, unknown>

export const clientId = 'zekken'
export const clientSecret = 'a secret of the two'

/**
 * A real OpenID provider on this machine that takes everybody's word for who they are: the header `x-person`, else
 * `hanako`. It insists on PKCE, and says `zekken` and names at its userinfo address only, as providers by the book do.
 */
export async function startOpenIdProvider(base: string) {
  const redirectUri = `${base}/api/login/oidc/callback`
  const people = new Map<string, SaidOfPerson>()
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end()
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`

  /** Begins anew with another key, as after a rotation; what it gave out before is forgotten. */
  async function rotate(): Promise<void> {
    const provider = new Provider(issuer, configuration([await newKey()], redirectUri, people))
    const answer = provider.callback()
    handle = (request, response) => {
      if (!request.url?.startsWith('/login/')) return void answer(request, response)
      const login = { accountId: String(request.headers['x-person'] ?? 'hanako') }
      void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
    }
  }
  await rotate()

  return {
    issuer,
    people,
    rotate,
    /** What a browser does from the button on: the address that the provider sends it back to. */
    async visit(start: string, person: string): Promise<URL> {
      const cookies = new Map<string, string>()
      let url = new URL(start)
      for (let steps = 0; steps < 10; steps++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await fetch(url, { redirect: 'manual', headers: { cookie, 'x-person': person } })
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          cookies.set(name, value)
        }
        const location = answer.headers.get('location')
        if (!location) throw new Error(`${url} answered ${answer.status} ${await answer.text()}`)
        url = new URL(location, url)
        if (url.origin !== issuer) return url
      }
      throw new Error('sent about in circles')
    },
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: crypto.randomUUID() }
}

function configuration(keys: JWK[], redirectUri: string, people: Map<string, SaidOfPerson>): Configuration {
  return {
    jwks: { keys } as NonNullable<Configuration['jwks']>,
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], profile: ['name', 'zekken'], email: ['email', 'email_verified'] },
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
    // Nobody is asked whether they agree.
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId
      const grant = new oidc.provider.Grant({
        ...(oidc.client ? { clientId: oidc.client.clientId } : {}),
        ...(accountId ? { accountId } : {}),
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  }
}
