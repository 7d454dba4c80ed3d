import { databaseName } from '../../design-docs/databases.ts'
import type { Card, ImageDoc, TeamDoc, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { cardId, subjectOf, teamId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc, SettingDoc } from '../../design-docs/plan.ts'
import type { Doc, FunctionContext, Plan } from '../../functions/define.ts'
import type { Couch, Database, Stored } from '../couch/client.ts'
import type { DeskMemory } from './desk-memory.ts'
import { inParallel } from './in-parallel.ts'
import type { LogMemory } from './log-memory.ts'

type ContextOptions = {
  event: string
  couch: Couch
  desk: DeskMemory
  log: LogMemory
  now(): number
  bibKeys(): Promise<Record<string, string>>
  bibTexts(bib: EventBib): Promise<string[]>
  stored(key: string): Promise<Uint8Array | null>
}

/** A bib of an event, whatever the key that signed it. */
export type EventBib = { event: string; number: string; issue: number }

const readsAtOnce = 16

/**
 * What functions read, over the memories of one event. The gateway let in only facts that fit their schema, and the
 * server alone writes `desk`, so documents are given their types here without being parsed again.
 */
export function functionContext(options: ContextOptions): FunctionContext {
  const { event, couch, desk, log, now, bibKeys, bibTexts, stored } = options
  const logDatabase = couch.database(databaseName(event, 'log'))
  const deskDatabase = couch.database(databaseName(event, 'desk'))

  const bySubject = async <T>(teams: readonly string[], read: (team: string) => Promise<Stored[]>) =>
    new Map(
      await inParallel(teams, readsAtOnce, async (team): Promise<[string, T[]]> => [team, typed(await read(team))]),
    )

  async function byNumber<T>(numbers: readonly string[], idOf: (number: string) => string): Promise<Map<string, T>> {
    const found = await desk.docs(numbers.map(idOf))
    return new Map(numbers.flatMap((number) => entryOf<T>(number, found.get(idOf(number)))))
  }

  return {
    event,
    now,
    plan: async () => planOf(await desk.plan()),
    factsOf: (teams) => bySubject<Fact>(teams, log.factsOf),
    async fact(id) {
      const facts = await log.factsOf(subjectOf(id))
      return typed<Fact>(facts.filter((fact) => fact._id === id))[0] ?? null
    },
    attachment: (fact, name) => logDatabase.attachment(fact, name),
    teamNumbers: log.teams,
    teams: (numbers) => byNumber<TeamDoc>(numbers, teamId),
    cards: (numbers) => byNumber<Card>(numbers, cardId),
    allCards: async () => new Map(typed<Card>(await desk.cards()).map((card) => [card.team, card])),
    verdictsOf: (teams) => bySubject<Verdict>(teams, desk.verdictsOf),
    images: (ids) => byNumber<ImageDoc>(ids, (id) => id),
    deskDocs: async (ids) => (await desk.docs(ids)) as Map<string, Doc>,
    deskIds: (prefix) => idsIn(deskDatabase, prefix),
    deskAttachment: (id, name) => deskDatabase.attachment(id, name),
    bibKeys,
    bibTexts: (bib) => bibTexts({ event, ...bib }),
    gateIds: (prefix) => idsIn(couch.database(databaseName(event, 'gate')), prefix),
    stored,
  }
}

const idsIn = async (database: Database, prefix: string) =>
  (await database.all({ startkey: prefix, endkey: `${prefix}\ufff0` })).map(({ id }) => id)

const typed = <T>(docs: Stored[]) => docs as unknown as T[]
const entryOf = <T>(key: string, doc: Stored | undefined): [string, T][] => (doc ? [[key, doc as unknown as T]] : [])

function planOf(docs: Stored[]): Plan {
  const event = typed<EventDoc>(docs.filter((doc) => doc._id === 'event'))[0]
  if (!event) throw new Error('the event has no plan')
  const checkpoints = typed<CheckpointDoc>(docs.filter((doc) => doc.type === 'checkpoint'))
  const settings = typed<SettingDoc>(docs.filter((doc) => doc.type === 'setting'))
  return {
    event,
    checkpoints: new Map(checkpoints.map((doc) => [doc.number, doc])),
    settings: new Map(settings.map((doc) => [doc.key, doc])),
  }
}
