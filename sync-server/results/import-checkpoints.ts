import { isDeepStrictEqual } from 'node:util'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { ImportLine, ImportNote } from '../../design-docs/imports.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import type { Couch } from '../couch/client.ts'
import { type RawFile, toCheckpoint } from './read-checkpoints.ts'
import { refuseWhileFrozen } from './save-plan.ts'

/** What a file of checkpoints would do to the plan, line by line, and the documents it would write. */
export function previewCheckpoints(file: RawFile, plan: RulesPlan): { lines: ImportLine[]; docs: CheckpointDoc[] } {
  const docs: CheckpointDoc[] = []
  const seen = new Set<string>()
  const lines = file.checkpoints.map((raw): ImportLine => {
    const standing = plan.checkpoints.get(raw.number.normalize('NFKC').trim().toUpperCase())
    const { doc, notes } = toCheckpoint(raw, plan.event.code, standing)
    const head = { line: raw.line, number: doc?.number ?? raw.number, label: doc?.name.ja ?? raw.name ?? '' }
    if (!doc) return { ...head, does: 'bad', notes }
    if (seen.has(doc.number)) return { ...head, does: 'bad', notes: [{ field: 'number', problem: 'twice' }] }
    seen.add(doc.number)
    if (standing && isDeepStrictEqual(doc, standing)) return { ...head, does: 'same', notes: [] }
    docs.push(doc)
    return {
      ...head,
      does: standing ? 'change' : 'add',
      notes: [...notes, ...(standing ? changes(standing, doc) : [])],
    }
  })
  return { lines, docs }
}

const shownFields = ['lat', 'lng', 'points', 'radiusMeters', 'kind'] as const

function changes(was: CheckpointDoc, is: CheckpointDoc): ImportNote[] {
  const notes: ImportNote[] = shownFields
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ field, was: String(was[field] ?? ''), is: String(is[field] ?? '') }))
  if (was.name.ja !== is.name.ja) notes.push({ field: 'name', was: was.name.ja, is: is.name.ja })
  if (was.name.en !== is.name.en) notes.push({ field: 'nameEn', was: was.name.en, is: is.name.en })
  if (was.mustShow?.ja !== is.mustShow?.ja)
    notes.push({ field: 'mustShow', was: was.mustShow?.ja ?? '', is: is.mustShow?.ja ?? '' })
  return notes
}

/** Writes them all, unless results are frozen and would change (ZK-PLAN-003) or someone else saved one (ZK-PLAN-001). */
export async function commitCheckpoints(couch: Couch, plan: RulesPlan, docs: CheckpointDoc[]): Promise<void> {
  await refuseWhileFrozen(couch, plan, { checkpoints: docs })
  const rows = await couch.database(databaseName(plan.event.code, 'desk')).bulk(docs)
  const clashed = rows.filter((row) => row.error).map((row) => row.id)
  if (clashed.length > 0) throw new AppError('ZK-PLAN-001', { figures: { clashed } })
}
