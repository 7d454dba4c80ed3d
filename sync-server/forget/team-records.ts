import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { factId, factRange, ulid } from '../../design-docs/ids.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { frozenClasses, redactFact, withoutPeople } from '../../functions/rules/redact-fact.ts'
import type { Couch, CouchDoc, Database, Stored } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import { isAboutForgotten, markOf } from './redact-late.ts'

export type OfTeam = { event: string; team: string }
/** A record as it is in the log, and what is to stay of it. */
export type TeamRecord = { was: Fact & { _rev: string }; bare: Fact }

const atOnce = 500

/** Everything in the log that a team and others said of its people: under its number, and in notices to it alone. */
export async function recordsOfPeople(couch: Couch, { event, team }: OfTeam): Promise<TeamRecord[]> {
  const log = couch.database(databaseName(event, 'log'))
  const own = await everyRevision(log, factRange(team))
  const notices = await everyRevision(log, factRange('staff:notice'))
  const gone = new Set([team])
  return [...own, ...notices.filter((fact) => isAboutForgotten(fact, gone))].flatMap((was) => {
    const bare = withoutPeople(was)
    return bare ? [{ was, bare }] : []
  })
}

/** Those of a repair that went wrong, too: an id may have revisions side by side. */
async function everyRevision(
  log: Database,
  range: { startkey: string; endkey: string },
): Promise<(Fact & { _rev: string })[]> {
  const found: Stored[] = []
  for (let startkey = range.startkey; ; ) {
    const rows = await log.all({ ...range, startkey, includeDocs: true, conflicts: true, limit: atOnce })
    for (const { doc } of rows) {
      if (!doc) continue
      const { _conflicts = [], ...winner } = doc
      const others = await Promise.all(_conflicts.map((rev) => log.get(doc._id, { rev })))
      found.push(winner, ...others.filter((other) => other !== null))
    }
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return found as unknown as (Fact & { _rev: string })[]
    startkey = `${last.id}\0`
  }
}

/**
 * Writes down the classes that a team is in because of who its members are, once, as a correction by the server: its
 * places are to stay when ages and genders go.
 */
export async function freezeClasses(
  it: Pick<Installation, 'couch' | 'now'>,
  { event, team }: OfTeam,
  since: number,
): Promise<void> {
  const { couch } = it
  const plan = eventSchema.parse(await couch.database(databaseName(event, 'desk')).get('event'))
  const facts = await everyRevision(couch.database(databaseName(event, 'log')), factRange(team))
  const { team: entered, card } = outcome(facts, { event: plan, checkpoints: new Map() })
  const classes = card && entered ? frozenClasses(card, entered.classIds) : null
  if (!classes || !entered) return
  const tail = createHash('sha256').update(`${event}:${team}`).digest().subarray(0, 10)
  const frozen: FactOf<'correction'> = {
    _id: factId(team, 'correction', ulid(since, tail)),
    type: 'correction',
    ...serverClaim(event, it.now()),
    team,
    field: 'classIds',
    was: entered.classIds,
    is: classes,
  }
  await writeFactsOnce(couch, event, [frozen])
}

/** Puts in the place of each record what is to stay of it. What somebody else changed meanwhile is found again. */
export async function redactRecords(
  it: Pick<Installation, 'couch' | 'keys' | 'now'>,
  { event, by }: { event: string; by: string },
  records: readonly TeamRecord[],
): Promise<void> {
  const log = it.couch.database(databaseName(event, 'log'))
  for (let start = 0; start < records.length; start += atOnce) {
    const docs = records.slice(start, start + atOnce).map(({ was, bare }): CouchDoc => {
      return { ...redactFact(bare, markOf(it, was, by)), _rev: was._rev }
    })
    const failed = (await log.bulk(docs)).find(({ error }) => error !== undefined && error !== 'conflict')
    if (failed) throw new Error(`the record ${failed.id} was not redacted: ${failed.error} ${failed.reason ?? ''}`)
  }
}
