import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { type Ask, asking, basic } from './ask.ts'
import { startEmbedded } from './start-embedded.ts'

export type CouchUnderTest = Awaited<ReturnType<typeof startCouch>>

let counter = 0

/**
 * The server whose contract is tested: CouchDB at `COUCHDB_URL` (http://admin:admin@…) or an embedded one in a
 * folder of its own. Both are asked over a socket.
 */
export async function startCouch() {
  const real = process.env.COUCHDB_URL
  const server = real === undefined ? await startEmbedded() : connectReal(real)
  const { url, authorization } = server
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = `contract${process.pid}x${Date.now()}`
  const pem = (await exportSPKI(publicKey)).trim().replaceAll('\n', '\\n')
  const ask = asking(url, { authorization })
  await ask('PUT', `/_node/_local/_config/jwt_keys/ec:${kid}`, JSON.stringify(pem))
  const made: string[] = []

  return {
    url,
    authorization,
    kid,
    privateKey,
    isEmbedded: real === undefined,
    /** Asks as server admin. */
    ask,
    anonymous: asking(url, {}),
    /** A database of its own for one test, removed with the server. */
    async freshDatabase(): Promise<string> {
      const name = `contract-${process.pid}-${Date.now()}-${++counter}`
      await ask('PUT', `/${name}`)
      made.push(name)
      return name
    },
    /** Asks as somebody with a token that carries these roles. */
    async as(name: string, roles: string[]): Promise<Ask> {
      const token = await new SignJWT({ '_couchdb.roles': roles })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setSubject(name)
        .setExpirationTime('5m')
        .sign(privateKey)
      return asking(url, { authorization: `Bearer ${token}` })
    },
    withToken: (token: string) => asking(url, { authorization: `Bearer ${token}` }),
    withPassword: (name: string, password: string) => asking(url, { authorization: basic(name, password) }),
    async stop(): Promise<void> {
      for (const name of made) await ask('DELETE', `/${name}`)
      await ask('DELETE', `/_node/_local/_config/jwt_keys/ec:${kid}`)
      await server.stop()
    },
  }
}

function connectReal(address: string) {
  const url = new URL(address)
  return { url: url.origin, authorization: basic(url.username, url.password), stop: async () => {} }
}
