import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { AuditEntry } from '../../design-docs/audit.ts'
import { AppError } from '../../design-docs/errors.ts'
import { generationDoc } from '../../design-docs/office.ts'
import { addLine } from '../audit/add-line.ts'
import type { CouchDoc, Database } from '../couch/client.ts'

type OfficeDoc = { _id: string; _rev?: string | undefined }

/** One document as its schema has it, or null. */
export async function readDoc<T extends OfficeDoc>(
  office: Database,
  id: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const found = await office.get(id)
  return found === null ? null : schema.parse(found)
}

/** Every document whose id starts with `<prefix>:`, in order of id. */
export async function readDocs<T extends OfficeDoc>(
  office: Database,
  prefix: string,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const rows = await office.all({ startkey: `${prefix}:`, endkey: `${prefix};`, includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [schema.parse(doc)] : []))
}

/**
 * Reads, lets `change` say what is to stand, writes, and starts again when someone else wrote meanwhile, so that any
 * number of server processes may do it at once. `change` answers null to leave things as they are.
 */
export async function amendDoc<T extends OfficeDoc>(
  office: Database,
  id: string,
  { schema, change }: { schema: z.ZodType<T>; change(found: T | null): T | null },
): Promise<T | null> {
  for (let round = 0; round < 12; round++) {
    const found = await readDoc(office, id, schema)
    const wanted = change(found)
    if (wanted === null) return found
    const rev = await office.put({ ...schema.parse(wanted), ...(found?._rev ? { _rev: found._rev } : {}) } as CouchDoc)
    if (rev !== null) return { ...wanted, _rev: rev }
  }
  throw new AppError('ZK-SYS-002', { figures: { id } })
}

/** Writes down who did what, at the end of the chain; organizers answer for it later. */
export const writeAudit = (office: Database, nowMs: number, entry: AuditEntry): Promise<void> =>
  addLine(office, nowMs, entry)

const newGeneration = (id: string, since: number) =>
  ({ _id: 'generation', type: 'generation', id, since }) satisfies z.infer<typeof generationDoc>

/** The generation of this data. It lies in the data, so a restored copy has the copied one; only new data has a new one. */
export async function ensureGeneration(office: Database, nowMs: number): Promise<string> {
  const made = await amendDoc(office, 'generation', {
    schema: generationDoc,
    change: (found) => (found ? null : newGeneration(randomBytes(16).toString('hex'), nowMs)),
  })
  if (!made) throw new AppError('ZK-SYS-002')
  return made.id
}
