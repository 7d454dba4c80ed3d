import { type Audit, audit } from '../../design-docs/audit.ts'
import type { Database } from '../couch/client.ts'

/** Every line that says something, in the order in which they were written; forgotten ones are passed over. */
export async function readAudit(office: Database): Promise<Audit[]> {
  const rows = await office.all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })
  return rows.flatMap(({ doc }) => (doc && doc.forgotten !== true ? [audit.parse(doc)] : []))
}
