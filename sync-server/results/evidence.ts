import type { Evidence, StoryLine } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { ArrivalFact, CheckinFact, Fact, FactOf, PhotoFact } from '../../design-docs/facts.ts'
import { factRange, subjectOf } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from './desk-view.ts'
import { pictureOf, reviewItemOf } from './review-item.ts'
import { storyOf } from './story.ts'

/** All facts of a team as they stand in the log. */
export async function factsOfTeam(couch: Couch, event: string, team: string): Promise<Fact[]> {
  const rows = await couch.database(databaseName(event, 'log')).all({ ...factRange(team), includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
}

/** Everything about one check-in that a judge may want to see; ZK-JUDGE-001 when it is unknown or not judged yet. */
export async function evidenceOf(
  couch: Couch,
  view: DeskView,
  asked: { event: string; checkin: string },
): Promise<Evidence> {
  const verdict = view.verdicts.get(asked.checkin)
  const facts = verdict ? await factsOfTeam(couch, asked.event, subjectOf(asked.checkin)) : []
  const checkin = facts.find((fact): fact is CheckinFact => fact._id === asked.checkin && fact.type === 'checkin')
  if (!verdict || !checkin) throw new AppError('ZK-JUDGE-001', { figures: { checkin: asked.checkin } })
  const voided = voidedBy(facts)
  const photo = facts.find((fact): fact is PhotoFact => fact._id === verdict.photo && fact.type === 'photo')
  return {
    item: reviewItemOf(view, verdict),
    position: photo?.position ?? checkin.position ?? null,
    checkpoint: checkpointOf(view, verdict.checkpoint),
    maxAccuracyMeters: view.event?.rules.maxAccuracyMeters ?? 0,
    carrier: carrierOf(facts, checkin._id),
    clock: { offsetMs: checkin.offsetMs, measuredAt: checkin.measuredAt },
    membersPresent: checkin.membersPresent ?? [],
    memberCount: view.teams.get(verdict.team)?.members.length ?? 0,
    photos: facts
      .filter(
        (fact): fact is PhotoFact => fact.type === 'photo' && fact.checkin === checkin._id && !voided.has(fact._id),
      )
      .sort((a, b) => Number(b._id === verdict.photo) - Number(a._id === verdict.photo) || b.at - a.at)
      .map((fact) => ({ photo: fact._id, takenAt: fact.takenAt, image: pictureOf(view.images.get(fact._id)) })),
    history: historyOf(facts, checkin),
    reviews: facts
      .filter((fact): fact is FactOf<'review'> => fact.type === 'review' && fact.checkin === checkin._id)
      .sort((a, b) => b.at - a.at || (a._id < b._id ? 1 : -1))
      .map((fact) => ({
        review: fact._id,
        action: fact.action,
        by: fact.by,
        at: fact.at,
        takenBack: voided.has(fact._id),
        ...(fact.comment !== undefined && { comment: fact.comment }),
      })),
  }
}

/** By whom its first arrival came; what arrived again later changes nothing. */
function carrierOf(facts: readonly Fact[], checkin: string): string | null {
  const arrivals = facts.filter((fact): fact is ArrivalFact => fact.type === 'arrival' && fact.facts.includes(checkin))
  const [first] = arrivals.sort((a, b) => a.receivedAt - b.receivedAt || (a._id < b._id ? -1 : 1))
  return first?.carrier?.account ?? null
}

/**
 * What happened to one check-in, oldest first: itself, its photos and their originals, decisions, questions about it, and
 * the voids of any of these.
 */
function historyOf(facts: readonly Fact[], checkin: CheckinFact): StoryLine[] {
  const photos = new Set(
    facts.flatMap((fact) => (fact.type === 'photo' && fact.checkin === checkin._id ? fact._id : [])),
  )
  const concerns = (fact: Fact) =>
    fact._id === checkin._id ||
    photos.has(fact._id) ||
    (fact.type === 'review' && fact.checkin === checkin._id) ||
    (fact.type === 'original' && photos.has(fact.photo)) ||
    (fact.type === 'chat' && fact.about === checkin._id) ||
    (fact.type === 'arrival' && fact.facts.includes(checkin._id))
  const own = facts.filter(concerns)
  const ids = new Set(own.map(({ _id }) => _id))
  const voids = facts.filter((fact) => fact.type === 'void' && ids.has(fact.fact))
  return storyOf([...own, ...voids], voidedBy(facts))
}

/** Ids of the facts that some void takes back; whether its author might is the rules' business. */
export const voidedBy = (facts: readonly Fact[]) =>
  new Set(facts.flatMap((fact) => (fact.type === 'void' ? [fact.fact] : [])))

function checkpointOf(view: DeskView, number: string): Evidence['checkpoint'] {
  const checkpoint = view.checkpoints.get(number)
  if (!checkpoint) return null
  const { name, lat, lng, points } = checkpoint
  return {
    name,
    lat,
    lng,
    points,
    radiusMeters: checkpoint.radiusMeters ?? view.event?.rules.radiusMeters ?? 0,
    mustShow: checkpoint.mustShow ?? null,
    hasReference: checkpoint.hasReference === true,
  }
}
