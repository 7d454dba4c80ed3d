import { randomBytes } from 'node:crypto'
import { requireServerAdmin } from '../access/security.ts'
import type { UserContext } from '../access/sign-in.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, notFound, Refusal } from '../routing/refusal.ts'
import { readObject } from '../routing/request-body.ts'
import type { DatabaseList } from '../storage/database-list.ts'
import type { Registry } from '../storage/registry.ts'
import { configuration } from './configuration.ts'
import { figures } from './database-info.ts'
import type { DatabaseUpdates } from './database-updates.ts'
import type { Replicator } from './replicate.ts'

export type ServerRequest = { raw: Request; path: string[]; query: URLSearchParams; user: UserContext }
export type ServerHandler = (request: ServerRequest) => Promise<Response> | Response

/** The version of CouchDB whose answers these are. */
const version = '3.5.0'
const mostUuids = 1000

/** Routes that belong to no database, by first path segment; `''` is the root. */
export function serverRoutes(parts: {
  registry: Registry
  databases: DatabaseList
  updates: DatabaseUpdates
  replicator: Replicator
}): Map<string, ServerHandler> {
  const { registry, databases, updates, replicator } = parts
  const routes: Record<string, ServerHandler> = {
    '': ({ raw }) => {
      if (raw.method !== 'GET' && raw.method !== 'HEAD') throw methodNotAllowed('GET', 'HEAD')
      return jsonAnswer(welcome(registry.uuid))
    },
    _up: () => jsonAnswer({ status: 'ok', seeds: {} }),
    _uuids: ({ query }) => jsonAnswer({ uuids: uuids(query.get('count')) }),
    _session: ({ raw, user }) => session(raw.method, user),
    _all_dbs: ({ user, query }) => {
      requireServerAdmin(user)
      return jsonAnswer(slice(databases.names(), query))
    },
    _dbs_info: async ({ raw, user }) => {
      requireServerAdmin(user)
      return jsonAnswer(await infos(databases, raw))
    },
    _active_tasks: ({ user }) => {
      requireServerAdmin(user)
      return jsonAnswer(replicator.tasks())
    },
    _db_updates: ({ raw, user, query }) => {
      requireServerAdmin(user)
      return updates.answer(raw, query)
    },
    _replicate: async (request) => {
      requireServerAdmin(request.user)
      return await replicator.answer(request)
    },
    _node: async (request) => {
      requireServerAdmin(request.user)
      return await configuration(registry, request)
    },
    _utils: () => {
      throw new Refusal(404, 'not_found', 'Fauxton is not part of this server.')
    },
  }
  return new Map(Object.entries(routes))
}

const welcome = (uuid: string) => ({
  couchdb: 'Welcome',
  version,
  git_sha: 'embedded',
  uuid,
  features: ['embedded'],
  vendor: { name: 'zekken' },
})

function uuids(count: string | null): string[] {
  const number = count === null ? 1 : Number(count)
  if (!Number.isSafeInteger(number) || number < 0) throw badRequest('`count` must be a whole number.')
  if (number > mostUuids) throw badRequest(`count parameter too large`)
  return Array.from({ length: number }, () => randomBytes(16).toString('hex'))
}

/**
 * Who the caller is. There are no cookies here: Basic or Bearer comes with every request, and CouchDB's replicator
 * falls back to Basic when signing in is not found.
 */
function session(method: string, user: UserContext): Response {
  if (method === 'POST' || method === 'DELETE') throw notFound()
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed('GET', 'HEAD')
  const handlers = ['jwt', 'default']
  const authenticated = user.name === null ? {} : { authenticated: 'default' }
  return jsonAnswer({ ok: true, userCtx: user, info: { authentication_handlers: handlers, ...authenticated } })
}

function slice(names: string[], query: URLSearchParams): string[] {
  const skip = Number(query.get('skip') ?? 0) || 0
  const limit = Number(query.get('limit') ?? names.length)
  return names.slice(skip, skip + (Number.isFinite(limit) ? limit : names.length))
}

/** One after the other, so that asking about all databases does not open all of them at once. */
async function infos(databases: DatabaseList, raw: Request): Promise<object[]> {
  const { keys } = await readObject(raw)
  if (!Array.isArray(keys)) throw badRequest('`keys` member must exist.')
  const rows: object[] = []
  for (const key of keys) {
    const found = databases.names().includes(key as string)
    if (!found) rows.push({ key, error: 'not_found' })
    else {
      const database = databases.get(key as string)
      rows.push({ key, info: await database.use((store) => figures(database, store)) })
    }
  }
  return rows
}
