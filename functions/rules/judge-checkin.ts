import type { Reason, TeamDoc } from '../../design-docs/derived.ts'
import type { CheckinFact, PhotoFact } from '../../design-docs/facts.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Position } from '../../design-docs/primitives.ts'
import { distanceMeters, shownMeters } from './distance.ts'
import { revokedSince } from './team-of.ts'
import type { Timed } from './timeline.ts'

/** A self-recorded goal that the server hears of later than this could have been backdated. */
export const lateDeliveryMs = 15 * 60_000

/** What one check-in is judged by; a team without an entry is null, a checkpoint that is not in the plan undefined. */
export type Evidence = {
  checkin: Timed<CheckinFact>
  photo: Timed<PhotoFact> | undefined
  event: EventDoc
  checkpoint: CheckpointDoc | undefined
  team: TeamDoc | null
  /** From when on the team is out of the event. */
  outSince: number | null
  /** When it really started, if a judge said so. */
  startAt: number | null
}

/** What speaks against a check-in, with the figures behind it; no reason: it stands by itself. */
export type Judgement = { reasons: Reason[]; figures: Record<string, number>; distanceMeters?: number }

/** Judges a check-in by itself, without looking at the team's others. */
export function judgeCheckin(evidence: Evidence): Judgement {
  const parts = [identity(evidence), clock(evidence), period(evidence)]
  const located = location(evidence)
  if (recordedWithoutStaff(evidence.checkin.fact)) parts.push(located, photographed(evidence))
  else parts.push(witnessed(evidence))
  return {
    reasons: parts.flatMap((part) => part.reasons),
    figures: Object.assign({}, ...parts.map((part) => part.figures)),
    ...(located.distanceMeters !== undefined && { distanceMeters: located.distanceMeters }),
  }
}

const recordedByTeam = ({ as, moved }: CheckinFact) => {
  const recordedAs = moved?.as ?? as
  return recordedAs === 'participant' || recordedAs === 'agent'
}

/** By the team, or from a file: nobody of the staff saw it, so it is judged by its evidence. */
export const recordedWithoutStaff = (fact: CheckinFact) => recordedByTeam(fact) || fact.method === 'upload'

const findings = (found: Partial<Record<Reason, boolean>>, figures: Record<string, number> = {}): Judgement => ({
  reasons: (Object.keys(found) as Reason[]).filter((reason) => found[reason]),
  figures,
})

function identity({ checkin, checkpoint, team, outSince }: Evidence): Judgement {
  const { at } = checkin.time
  return findings({
    'unknown-team': team === null,
    'unknown-checkpoint': checkpoint === undefined,
    'cancelled-checkpoint': checkpoint?.cancelled === true,
    withdrawn: outSince !== null && at >= outSince,
  })
}

/** A staff scan counts by itself if the bib's signature was seen and the bib not revoked by then. */
function witnessed({ checkin: { fact, time }, team }: Evidence): Judgement {
  const since = team && fact.bibIssue !== undefined ? revokedSince(team).get(fact.bibIssue) : undefined
  return findings({ unverified: !fact.verified, 'revoked-bib': since !== undefined && time.at >= since })
}

function clock({ checkin: { fact, time }, checkpoint }: Evidence): Judgement {
  const lateMs = time.receivedAt === null ? 0 : time.receivedAt - time.at
  const late = checkpoint?.kind === 'goal' && recordedByTeam(fact) && lateMs > lateDeliveryMs
  return findings({ 'clock-skew': time.doubtful, 'late-delivery': late }, { ...time.figures, ...(late && { lateMs }) })
}

/**
 * Inside the event, the checkpoint's hours, and after the first start among the team's classes, bounds included; a
 * start that a judge declared holds before those of event and classes. A start may be recorded before the start, and a
 * goal after the end: lateness has a rule of its own.
 */
function period({ checkin, event, checkpoint, team, startAt }: Evidence): Judgement {
  const { at } = checkin.time
  const starts = event.classes.filter(({ id }) => team?.classIds.includes(id)).map(({ startsAt }) => startsAt)
  const { kind, opensAt = at, closesAt = at } = checkpoint ?? {}
  const started = startAt ?? Math.max(event.startsAt, ...earliest(starts))
  const opens = Math.max(opensAt, kind === 'start' ? at : started)
  const closes = Math.min(closesAt, kind === 'goal' ? at : event.endsAt)
  if (at < opens) return findings({ 'outside-period': true }, { earlyMs: opens - at })
  if (at > closes) return findings({ 'outside-period': true }, { afterCloseMs: at - closes })
  return findings({})
}

const earliest = (times: readonly number[]) => (times.length ? [Math.min(...times)] : [])

/** Exactly the radius away is inside, as is exactly the accuracy that is still good enough. */
function location({ checkin: { fact }, photo, event: { rules }, checkpoint }: Evidence): Judgement {
  const position = fact.position ?? photo?.fact.position ?? (fact.method === 'upload' ? exifPosition(photo) : null)
  if (!position) return findings({ 'no-position': true })
  const { accuracyMeters } = position
  const lowAccuracy = accuracyMeters !== undefined && accuracyMeters > rules.maxAccuracyMeters
  const accuracy = accuracyMeters === undefined ? {} : { accuracyMeters }
  if (!checkpoint) return findings({ 'low-accuracy': lowAccuracy }, accuracy)
  const limitMeters = checkpoint.radiusMeters ?? rules.radiusMeters
  const distance = shownMeters(distanceMeters(position, checkpoint))
  const found = { 'low-accuracy': lowAccuracy, 'too-far': distance > limitMeters }
  return { ...findings(found, { ...accuracy, limitMeters }), distanceMeters: distance }
}

type Located = Pick<Position, 'lat' | 'lng'> & { accuracyMeters?: number }

function exifPosition(photo: Timed<PhotoFact> | undefined): Located | null {
  const { lat, lng } = photo?.fact.exif ?? {}
  return lat === undefined || lng === undefined ? null : { lat, lng }
}

const photographed = ({ photo, event, checkpoint }: Evidence) =>
  findings({ 'no-photo': event.rules.requirePhoto && checkpoint?.kind === 'photo' && !photo })
