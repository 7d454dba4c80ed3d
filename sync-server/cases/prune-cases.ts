import { errorCase } from '../../design-docs/kept-aside.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'

const keptMs = 14 * 24 * 3_600_000
const mostKept = 2000

/** Removes cases of more than a fortnight ago, and the oldest of too many. Answers how many went. */
export async function pruneCases({ office, now }: Pick<Installation, 'office' | 'now'>): Promise<number> {
  const newest = (await readDocs(office, 'case', errorCase)).sort((a, b) => b.at - a.at)
  const over = newest.filter(({ at }, index) => index >= mostKept || at <= now() - keptMs)
  const rows = await office.bulk(over.map(({ _id, _rev }): CouchDoc => ({ _id, _rev, _deleted: true })))
  return rows.filter(({ error }) => error === undefined).length
}
