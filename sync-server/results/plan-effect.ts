import { setImmediate } from 'node:timers/promises'
import type { PlanChange, PlanEffect } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Card, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { overallId, subjectOf } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { type Outcome, outcome } from '../../functions/rules/outcome.ts'
import { heldRankings } from '../../functions/rules/publication.ts'
import { rank } from '../../functions/rules/rank.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import type { Couch } from '../couch/client.ts'
import { readPublication } from '../rankings/publication.ts'

/** The rankings of an event in which a change that alters a score needs an explicit unfreeze. */
export const readHeld = async (couch: Couch, event: EventDoc): Promise<Set<string>> =>
  heldRankings(event, await readPublication(couch, event.code))

/** The plan with a change laid over it. */
export function changedPlan(plan: RulesPlan, change: PlanChange): RulesPlan {
  const checkpoints = new Map(plan.checkpoints)
  for (const checkpoint of change.checkpoints ?? []) checkpoints.set(checkpoint.number, checkpoint)
  return { event: change.event ?? plan.event, checkpoints }
}

/** What a change of the plan would do: every team judged and ranked by both plans from the same facts. */
export async function planEffect(couch: Couch, plan: RulesPlan, change: PlanChange): Promise<PlanEffect> {
  const after = changedPlan(plan, change)
  const judged: Judged[] = []
  for await (const facts of factsByTeam(couch, plan.event.code)) {
    judged.push({ before: outcome(facts, plan), after: outcome(facts, after) })
    if (judged.length % 100 === 0) await setImmediate()
  }
  const effect = effectOf(judged, { before: plan.event, after: after.event })
  return { ...effect, blocked: isBlocked(effect.teams, judged, await readHeld(couch, plan.event)) }
}

type Judged = { before: Outcome; after: Outcome }

/** What differs between two judgements of every team, ranked by the event before and after. */
export function effectOf(
  judged: readonly Judged[],
  event: { before: EventDoc; after: EventDoc },
): Omit<PlanEffect, 'blocked'> {
  const places = placeChanges(judged, event.before, event.after)
  const teams = judged.flatMap((one) => teamEffect(one, places) ?? [])
  teams.sort((a, b) => Math.abs(b.netAfter - b.netBefore) - Math.abs(a.netAfter - a.netBefore))
  return { teams, teamsLookedAt: judged.filter((one) => one.before.card).length }
}

/** Whether any of the teams that would change is in a ranking that is frozen or published. */
function isBlocked(teams: PlanEffect['teams'], judged: readonly Judged[], held: ReadonlySet<string>): boolean {
  if (held.has(overallId)) return teams.length > 0
  const changed = new Set(teams.map(({ team }) => team))
  return judged.some(({ before, after }) => {
    const classIds = [...(before.card?.classIds ?? []), ...(after.card?.classIds ?? [])]
    return changed.has(after.card?.team ?? '') && classIds.some((id) => held.has(id))
  })
}

type PlaceChange = PlanEffect['teams'][number]['places'][number]

function teamEffect(
  { before, after }: Judged,
  places: ReadonlyMap<string, PlaceChange[]>,
): PlanEffect['teams'][number] | null {
  if (!before.card || !after.card) return null
  const { team, name } = after.card
  const effect = {
    team,
    name,
    netBefore: before.card.points.net,
    netAfter: after.card.points.net,
    places: places.get(team) ?? [],
    checkinsChanged: changedVerdicts(before.verdicts, after.verdicts),
  }
  const same = effect.netBefore === effect.netAfter && effect.places.length === 0 && effect.checkinsChanged === 0
  return same ? null : effect
}

function changedVerdicts(before: readonly Verdict[], after: readonly Verdict[]): number {
  const earlier = new Map(before.map((verdict) => [verdict.checkin, verdict]))
  return after.filter((verdict) => {
    const old = earlier.get(verdict.checkin)
    return old?.status !== verdict.status || old.points !== verdict.points || old.counts !== verdict.counts
  }).length
}

function placeChanges(
  judged: readonly Judged[],
  eventBefore: EventDoc,
  eventAfter: EventDoc,
): Map<string, PlaceChange[]> {
  const cards = (which: 'before' | 'after') =>
    judged.flatMap((one): Card[] => (one[which].card ? [one[which].card] : []))
  const [cardsBefore, cardsAfter] = [cards('before'), cards('after')]
  const changes = new Map<string, PlaceChange[]>()
  for (const classId of new Set([...eventBefore.classes, ...eventAfter.classes].map(({ id }) => id))) {
    const before = new Map(rank(classId, cardsBefore, eventBefore).rows.map((row) => [row.team, row.place]))
    for (const { team, place } of rank(classId, cardsAfter, eventAfter).rows) {
      const was = before.get(team) ?? null
      if (was !== place) changes.set(team, [...(changes.get(team) ?? []), { classId, before: was, after: place }])
    }
  }
  return changes
}

const pageSize = 2000

/** The facts of each team in turn, read in pages; facts of staff alone are passed over. */
async function* factsByTeam(couch: Couch, event: string): AsyncGenerator<Fact[]> {
  let facts: Fact[] = []
  for await (const fact of factsInOrder(couch, event)) {
    const before = facts[0]
    if (before && subjectOf(before._id) !== subjectOf(fact._id)) {
      yield facts
      facts = []
    }
    facts.push(fact)
  }
  if (facts.length > 0) yield facts
}

async function* factsInOrder(couch: Couch, event: string): AsyncGenerator<Fact> {
  const log = couch.database(databaseName(event, 'log'))
  for (let startkey = '0', last: string | undefined; ; ) {
    const rows = await log.all({ startkey, endkey: 'ZZZZZZZZZZZZZ', includeDocs: true, limit: pageSize })
    for (const { id, doc } of rows) if (doc && id !== last && /^[A-Z0-9]+:/.test(id)) yield doc as unknown as Fact
    last = rows.at(-1)?.id
    if (last === undefined || rows.length < pageSize) return
    startkey = last
  }
}
