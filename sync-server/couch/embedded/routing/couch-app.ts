import { Hono } from 'hono'
import { requireMember, requireServerAdmin } from '../access/security.ts'
import { type SignInOptions, signIn, type UserContext } from '../access/sign-in.ts'
import type { ServerHandler } from '../server/server-routes.ts'
import type { Compactor } from '../storage/compactor.ts'
import type { DatabaseList } from '../storage/database-list.ts'
import type { Registry } from '../storage/registry.ts'
import { databaseRoutes } from './database-routes.ts'
import { jsonAnswer, refusalAnswer } from './json-answer.ts'
import { decodeSegment, rawPath, rawSegments } from './raw-path.ts'
import { badRequest, notFound, toRefusal } from './refusal.ts'

type Asked = { raw: Request; path: string[]; query: URLSearchParams; user: UserContext }

/** The whole protocol as one application: who asks, whether they may, which handler answers. */
export function couchApp(parts: {
  registry: Registry
  databases: DatabaseList
  compactor: Compactor
  server: Map<string, ServerHandler>
  signInOptions: SignInOptions
  onFailure: (error: unknown) => void
}): Hono {
  const { registry, databases, compactor, server, signInOptions, onFailure } = parts
  const routes = databaseRoutes(registry, compactor)

  async function answer(raw: Request): Promise<Response> {
    const path = joinPrefixes(rawSegments(rawPath(raw.url)).map(decodeSegment))
    const user = await signIn(raw.headers.get('authorization'), signInOptions)
    const asked = { raw, path, query: new URL(raw.url).searchParams, user }
    const [first = ''] = path
    const handler = server.get(first)
    if (handler) return await handler(asked)
    if (path.length === 1 && (raw.method === 'PUT' || raw.method === 'DELETE')) return await databaseItself(asked)
    return await insideDatabase(asked)
  }

  async function databaseItself({ raw, path, query, user }: Asked): Promise<Response> {
    requireServerAdmin(user)
    const [name = ''] = path
    if (raw.method === 'PUT') {
      await databases.create(name)
      const location = `${new URL(raw.url).origin}/${encodeURIComponent(name)}`
      return jsonAnswer({ ok: true }, 201, { location })
    }
    if (query.has('rev')) {
      throw badRequest(
        'You tried to DELETE a database with a ?=rev parameter. Did you mean to DELETE a document instead?',
      )
    }
    await databases.remove(name)
    return jsonAnswer({ ok: true })
  }

  async function insideDatabase({ raw, path: [name = '', ...path], query, user }: Asked): Promise<Response> {
    const database = databases.get(name)
    requireMember(user, database.record.security)
    const asked = { method: raw.method, path, query, headers: raw.headers, raw, user, database }
    const closedHandler = routes.closed.get(path[0] ?? '')
    if (closedHandler) return await closedHandler(asked)
    const handler = routes.of(path)
    const response = await database.use((store) => {
      if (database.ended) throw notFound('Database does not exist.')
      return handler({ ...asked, store })
    })
    // Nothing is said, to writer or reader, that a power cut could take back.
    await database.durable()
    return response
  }

  const app = new Hono({ strict: true })
  app.onError((error, { req }) => {
    const refusal = toRefusal(error)
    // A client that went away in the middle of its request is no failure of ours.
    if (refusal.status >= 500 && !req.raw.signal.aborted) onFailure(error)
    return refusalAnswer(refusal)
  })
  app.all('*', async ({ req: { raw } }) => {
    const response = await answer(raw)
    return raw.method === 'HEAD' ? new Response(null, response) : response
  })
  return app
}

/** `_design` and `_local` belong to the id that follows, whether the slash between them came encoded or not. */
function joinPrefixes(segments: string[]): string[] {
  const [database, first, second, ...rest] = segments
  if (database === undefined || second === undefined || database === '_node') return segments
  if (first !== '_design' && first !== '_local') return segments
  return [database, `${first}/${second}`, ...rest]
}
