import { AppError } from '../../design-docs/errors.ts'
import { CouchError } from '../couch/client.ts'

/**
 * Whether an error says that the database or the storage of files as a whole does not serve at the moment, so that trying again is right and no
 * key is to blame: no connection, overload, a server fault, a database that is not there, a password being changed.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof CouchError) return error.status >= 500 || [401, 403, 404, 408, 429].includes(error.status)
  if (error instanceof AppError) return error.code === 'ZK-SYS-007'
  if (error instanceof TypeError) return error.message === 'fetch failed' || error.message === 'terminated'
  return error instanceof DOMException
}
