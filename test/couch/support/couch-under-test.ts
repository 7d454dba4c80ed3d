import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { openEmbeddedCouch } from '../../../sync-server/couch/embedded/open-embedded-couch.ts'

export type Answer = { status: number; headers: Headers; text: string; bytes: Buffer; body: unknown }
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
export type CouchUnderTest = Awaited<ReturnType<typeof startCouch>>

const admin = { name: 'admin', password: 'admin' }
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
  await ask('PUT', `/_node/_local/_config/jwt_keys/ec:${kid}`, pem)

  /** A database of its own for one test, removed with the server. */
  async function freshDatabase(prefix = 'contract'): Promise<string> {
    const name = `${prefix}-${process.pid}-${Date.now()}-${++counter}`
    await ask('PUT', `/${name}`)
    made.push(name)
    return name
  }
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
    freshDatabase,
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

async function startEmbedded() {
  const dir = await mkdtemp(join(tmpdir(), 'zekken-couch-'))
  const couch = await openEmbeddedCouch({ dir, admins: { [admin.name]: admin.password }, durability: 'process' })
  const listening = await couch.listen(0)
  return {
    url: listening.url,
    authorization: basic(admin.name, admin.password),
    async stop() {
      await listening.close()
      await couch.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function connectReal(address: string) {
  const url = new URL(address)
  const authorization = basic(url.username, url.password)
  return { url: url.origin, authorization, stop: async () => {} }
}

const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

function asking(url: string, always: Record<string, string>): Ask {
  return async (method, path, body, headers = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const json = body === undefined || 'content-type' in headers ? {} : { 'content-type': 'application/json' }
    const isSetting = path.includes('/_config/')
    const init: RequestInit = { method, headers: { accept: 'application/json', ...always, ...json, ...headers } }
    if (body !== undefined) init.body = raw && !isSetting ? (body as BodyInit) : JSON.stringify(body)
    return await readAnswer(await fetch(url + path, init))
  }
}

export async function readAnswer(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString('utf8')
  return { status: response.status, headers: response.headers, text, bytes, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One member of an answer's JSON object. */
export const field = (answer: Pick<Answer, 'body'>, name: string): unknown =>
  (answer.body as Record<string, unknown>)[name]
export const revOf = (answer: Pick<Answer, 'body'>) => String(field(answer, 'rev'))
