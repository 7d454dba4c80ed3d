import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIdIssuer } from '../../sync-server/login/oidc-issuer.ts'

// No real provider gives out such tokens, so this one is made by hand.
let issuer: string
let answer: () => Promise<string>
let asked: URLSearchParams
const [own, strange] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
const server = createServer((request, response) => {
  const say = (body: unknown) => response.end(JSON.stringify(body))
  if (request.url === '/.well-known/openid-configuration') {
    const at = (name: string) => `${issuer}/${name}`
    say({ issuer, authorization_endpoint: at('auth'), token_endpoint: at('token'), jwks_uri: at('keys') })
  } else if (request.url === '/keys') {
    void exportJWK(own.publicKey).then((key) => say({ keys: [{ ...key, kid: 'a', alg: 'ES256' }] }))
  } else {
    let text = ''
    request.on('data', (chunk) => {
      text += String(chunk)
    })
    request.on('end', () => {
      asked = new URLSearchParams(text)
      void answer().then((id_token) => say({ id_token }))
    })
  }
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const seconds = Math.floor(Date.now() / 1000)
const right = () => ({ iss: issuer, aud: 'zekken', sub: 'hanako', nonce: 'n', iat: seconds, exp: seconds + 300 })
const without = (name: 'exp' | 'nonce' | 'sub'): JWTPayload => {
  const { [name]: _, ...rest } = right()
  return rest
}
const signed = (said: JWTPayload, key = own.privateKey) =>
  new SignJWT(said).setProtectedHeader({ alg: 'ES256', kid: 'a' }).sign(key)

async function claims(): Promise<JWTPayload> {
  const settings = { issuer, clientId: 'zekken', clientSecret: undefined, rolesClaim: undefined }
  const asking = openIdIssuer({ it: { now: Date.now, warn: () => {} }, settings })
  return await asking.claimsFor({ code: 'c', verifier: 'v', nonce: 'n', redirectUri: 'https://zekken.example/' })
}

test('[LG79] a token that is right is believed; a client without a secret shows its id and its verifier', async () => {
  answer = () => signed(right())
  expect(await claims()).toMatchObject({ sub: 'hanako' })
  expect(Object.fromEntries(asked)).toMatchObject({ client_id: 'zekken', code: 'c', code_verifier: 'v' })
  answer = () => signed({ ...right(), aud: ['zekken', 'other'], azp: 'zekken' })
  expect(await claims()).toMatchObject({ sub: 'hanako' })
})

test.each<[string, () => Promise<string>]>([
  ['run out', () => signed({ ...right(), exp: seconds - 31 })],
  ['without an end', () => signed(without('exp'))],
  ['of another sign-in', () => signed({ ...right(), nonce: 'm' })],
  ['without a nonce', () => signed(without('nonce'))],
  ['for another program', () => signed({ ...right(), aud: 'other' })],
  ['for several programs, asked for by another', () => signed({ ...right(), aud: ['zekken', 'other'], azp: 'other' })],
  ['of another issuer', () => signed({ ...right(), iss: 'https://other.example' })],
  ['of nobody', () => signed(without('sub'))],
  ['signed with another key', () => signed(right(), strange.privateKey)],
  ['signed with none', async () => new UnsecuredJWT(right()).encode()],
  [
    'signed with what everybody knows',
    () =>
      new SignJWT(right())
        .setProtectedHeader({ alg: 'HS256', kid: 'a' })
        .sign(new TextEncoder().encode('zekken zekken zekken zekken zekken')),
  ],
  ['no token', async () => 'nonsense'],
])('[LG79] a token that is %s signs nobody in', async (_, given) => {
  answer = given
  await expect(claims()).rejects.toMatchObject({ code: 'ZK-AUTH-006' })
})

test('[LG78] an issuer that is called otherwise than we were told is not asked', async () => {
  const settings = { issuer: issuer.replace('127.0.0.1', 'localhost'), clientId: 'zekken' }
  const it = { now: Date.now, warn: () => {} }
  const asking = openIdIssuer({ it, settings: { ...settings, clientSecret: undefined, rolesClaim: undefined } })
  await expect(asking.about()).rejects.toMatchObject({ code: 'ZK-AUTH-008' })
})
