import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import { receipt } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamId, ulid } from '../../design-docs/ids.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { BlankRange, PrintBlankBibs } from '../../design-docs/print.ts'
import type { PrintedBib } from '../../functions/rules/bib-sheet.ts'
import type { CouchDoc } from '../couch/client.ts'
import { inId } from '../entry/claim-number.ts'
import { bibTextOf } from '../login/bib-text.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { entryId } from '../setup/add-teams.ts'

/** What the claims of blank bibs name in place of an entry. */
const blankDraft = (event: string) => ulid(0, createHash('sha256').update(`blank:${event}`).digest())

/** Numbers that were set aside for blank bibs, as ranges, and how many of each were given to a team. */
export async function blankRanges(it: Pick<Installation, 'couch' | 'office'>, event: string): Promise<BlankRange[]> {
  const numbers = (await readDocs(it.office, `receipt:${event}`, receipt))
    .filter(({ draft }) => draft === blankDraft(event))
    .map(({ number }) => Number(number))
  const bound = await boundOf(it, event, numbers)
  const ranges: BlankRange[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    const isBound = Number(bound.has(number))
    if (last && last.to === number - 1) Object.assign(last, { to: number, bound: last.bound + isBound })
    else ranges.push({ from: number, to: number, bound: isBound })
  }
  return ranges
}

/**
 * Blank bibs of these numbers, signed. Their numbers are set aside first, so that no entry gets one, and take no team's
 * place. Printed again they are the same; those that belong to a team by now are left out. ZK-PLAN-005 names a number
 * that is somebody else's.
 */
export async function blankBibs(
  it: Installation,
  event: string,
  { from, count, language }: PrintBlankBibs,
): Promise<{ title: string; bibs: PrintedBib[] }> {
  const plan = await readDoc(it.couch.database(databaseName(event, 'desk')), 'event', eventSchema)
  if (!plan) throw new AppError('ZK-PLAN-004')
  const numbers = Array.from({ length: count }, (_, n) => from + n)
  await setAside(it, event, numbers)
  const bound = await boundOf(it, event, numbers)
  const free = numbers.filter((number) => !bound.has(number)).map(String)
  if (free.length === 0) throw new AppError('ZK-PLAN-004', { figures: { teams: 0 } })
  const title = plan.name[language]
  const bibs = free.map(async (number): Promise<PrintedBib> => {
    const text = await bibTextOf(it.keys, { event, number, issue: 1 })
    return { number, issue: 1, text, name: '', classes: '', event: title }
  })
  return { title, bibs: await Promise.all(bibs) }
}

async function setAside(it: Installation, event: string, numbers: readonly number[]): Promise<void> {
  const draft = blankDraft(event)
  const claims = numbers.map((number) => ({
    ...{ _id: `receipt:${event}:${inId(number)}`, type: 'receipt', event, number: String(number), draft },
  }))
  const standing = new Map(
    (
      await read(
        it,
        claims.map(({ _id }) => _id),
      )
    ).map((one) => [one._id, one.draft]),
  )
  const others = claims.find(({ _id }) => (standing.get(_id) ?? draft) !== draft)
  if (others) throw new AppError('ZK-PLAN-005', { figures: { number: others.number } })
  const fresh = claims.filter(({ _id }) => !standing.has(_id))
  await refuseEntered(
    it,
    event,
    fresh.map(({ number }) => number),
  )
  const rows = await it.office.bulk(fresh as CouchDoc[])
  const lost = rows.find((row) => row.error)
  if (lost) throw new AppError('ZK-PLAN-005', { figures: { number: lost.id.split(':').at(-1) } })
  const freed = numbers.map((number) => {
    return { _id: `freed:${event}:${inId(number)}`, type: 'freed', event, number: String(number) }
  })
  // Those that are free already stay so.
  await it.office.bulk(freed)
}

async function read({ office }: Installation, ids: string[]): Promise<{ _id: string; draft: string }[]> {
  const rows = await office.all({ keys: ids, includeDocs: true })
  return rows.flatMap(({ doc, deleted }) => (doc && !deleted ? [receipt.parse(doc)] : []))
}

/** Teams that organizers have entered themselves have no receipt. */
async function refuseEntered({ couch }: Installation, event: string, numbers: readonly string[]): Promise<void> {
  const keys = numbers.map((number) => entryId(event, number))
  const rows = await couch.database(databaseName(event, 'log')).all({ keys })
  const taken = rows.find(({ deleted }) => !deleted)
  if (taken) throw new AppError('ZK-PLAN-005', { figures: { number: taken.id.split(':')[0] } })
}

async function boundOf(
  { couch }: Pick<Installation, 'couch'>,
  event: string,
  numbers: readonly number[],
): Promise<ReadonlySet<number>> {
  const keys = numbers.map((number) => teamId(String(number)))
  if (keys.length === 0) return new Set()
  const rows = await couch.database(databaseName(event, 'desk')).all({ keys })
  return new Set(rows.filter(({ deleted }) => !deleted).map(({ id }) => Number(id.slice(teamId('').length))))
}

/** A number from which on nobody has one yet, apart from those that entries are given next. */
export async function freeFrom(it: Pick<Installation, 'couch' | 'office'>, event: string): Promise<number> {
  const receipts = await readDocs(it.office, `receipt:${event}`, receipt)
  const teams = await it.couch.database(databaseName(event, 'desk')).all({ startkey: 'team:', endkey: 'team;' })
  const used = [...receipts.map(({ number }) => number), ...teams.map(({ id }) => id.slice(teamId('').length))]
  const highest = Math.max(0, ...used.map(Number).filter(Number.isInteger))
  return Math.max(901, Math.floor(highest / 100) * 100 + 101)
}
