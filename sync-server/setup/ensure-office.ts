import { office } from '../../design-docs/databases.ts'
import type { Couch, Database } from '../couch/client.ts'

/** The installation's own database, closed to everyone but the server. Doing it again changes nothing. */
export async function ensureOffice(couch: Couch): Promise<Database> {
  await couch.create(office)
  await couch.json('PUT', `/${office}/_security`, {
    admins: { names: [], roles: ['_admin'] },
    members: { names: [], roles: ['_admin'] },
  })
  return couch.database(office)
}
