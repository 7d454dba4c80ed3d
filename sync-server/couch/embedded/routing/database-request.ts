import type { UserContext } from '../access/sign-in.ts'
import type { Database } from '../storage/database.ts'
import type { Store } from '../storage/open-store.ts'
import { badRequest } from './refusal.ts'
import { parseJson } from './request-body.ts'

/** A request to one database by somebody who may read it. */
export type DatabaseRequest = {
  method: string
  /** Decoded segments after the database's name; `_design/x` and `_local/x` are one. */
  path: string[]
  query: URLSearchParams
  headers: Headers
  raw: Request
  user: UserContext
  database: Database
  store: Store
}
/** Routes that must not hold the database open: they wait, or work on its closed files, or need none of them. */
export type ClosedHandler = (request: Omit<DatabaseRequest, 'store'>) => Promise<Response>
export type DatabaseHandler = (request: DatabaseRequest) => Promise<Response>

export const flag = (query: URLSearchParams, name: string) => query.get(name) === 'true'

/** A parameter that is JSON, like `startkey`; absent is `undefined`. */
export function jsonParameter(query: URLSearchParams, name: string): unknown {
  const text = query.get(name)
  return text === null ? undefined : parseJson(text)
}

/** A revision named in `rev` or in If-Match. */
export function namedRev(request: Pick<DatabaseRequest, 'query' | 'headers'>): string | undefined {
  const rev = request.query.get('rev')
  const match = request.headers.get('if-match')?.replaceAll('"', '')
  if (rev !== null && match !== undefined && rev !== match) {
    throw badRequest('Document rev and etag have different values')
  }
  return rev ?? match
}
