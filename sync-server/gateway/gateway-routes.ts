import { type Context, Hono } from 'hono'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { callerOf } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { maskOf } from '../login/menu-masks.ts'
import { databaseRight } from './databases-of.ts'
import { answerAttachment, answerBulkGet, answerChanges, answerDatabase } from './pull.ts'
import { answerBulkDocs, answerRevsDiff } from './push.ts'

/** A request that passed the list: who, which database, and the rest of the path, still encoded. */
export type Passage = { it: Installation; c: Context; caller: Caller; database: string; rest: readonly string[] }
type Door = {
  method: 'GET' | 'POST'
  /** Segments after the database; `*` is any name that does not start with `_`. */
  path: readonly string[]
  needs: 'read' | 'push' | 'either'
  answer(passage: Passage): Promise<Response>
}

/** Everything that devices may ask of a database. What is not here is refused. */
export const doors: readonly Door[] = [
  { method: 'GET', path: [], needs: 'either', answer: answerDatabase },
  { method: 'POST', path: ['_revs_diff'], needs: 'push', answer: answerRevsDiff },
  { method: 'POST', path: ['_bulk_docs'], needs: 'push', answer: answerBulkDocs },
  { method: 'GET', path: ['_changes'], needs: 'read', answer: answerChanges },
  { method: 'POST', path: ['_bulk_get'], needs: 'read', answer: answerBulkGet },
  { method: 'GET', path: ['*', '*'], needs: 'read', answer: answerAttachment },
]

/** The only way from a device to the database, to be mounted at `/db`. */
export function gatewayRoutes(it: Installation): Hono {
  const app = new Hono()
  app.all('*', async (c) => {
    // The raw path: `%2F` in an id must not become a separator.
    const [, , generation = '', database = '', ...rest] = new URL(c.req.url).pathname.split('/')
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    if (generation === '' && method === 'GET') return c.json({ generation: it.generation })
    if (generation !== it.generation) throw new AppError('ZK-GATE-002', { figures: { generation: it.generation } })
    const caller = await callerOf(it, c)
    if (database === '') {
      if (method !== 'GET') throw new AppError('ZK-GATE-001')
      return c.json({ couchdb: 'Welcome', uuid: it.generation, version: '3.5.0', vendor: { name: 'zekken' } })
    }
    const path = rest.at(-1) === '' ? rest.slice(0, -1) : rest
    const right = databaseRight(database, caller, await maskOf(it, caller))
    const door = doors.find((one) => one.method === method && fits(one.path, path))
    const open = door && (door.needs === 'either' ? right.read || right.push : right[door.needs])
    if (open) return await door.answer({ it, c, caller, database, rest: path })
    // A replicator that looks for a checkpoint finds none, which it takes for a beginning.
    if (method === 'GET' && path[0] === '_local' && (right.read || right.push)) throw new AppError('ZK-SYS-003')
    throw new AppError('ZK-GATE-001')
  })
  return app
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length !== path.length) return false
  return pattern.every((segment, i) => (segment === '*' ? isName(path[i] ?? '') : segment === path[i]))
}

/** One name of a document or attachment, which no one on the way to the database can take for a path. */
function isName(segment: string): boolean {
  try {
    return /^(?![_.])[^/\\\0]+$/.test(decodeURIComponent(segment))
  } catch {
    // A malformed escape is no name.
    return false
  }
}
