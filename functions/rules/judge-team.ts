import type { CardRow, TeamDoc, Verdict } from '../../design-docs/derived.ts'
import type { CheckinFact, FactOf } from '../../design-docs/facts.ts'
import { declaredTimes } from './declared-times.ts'
import { type Judgement, judgeCheckin, recordedWithoutStaff } from './judge-checkin.ts'
import { type Judged, markAfterGoal, markDuplicates, markTooFast } from './judge-sequence.ts'
import { inOrder, statusFor } from './reason-status.ts'
import type { RulesPlan } from './rules-plan.ts'
import { bestOfEach, isApproved } from './score.ts'
import { ofType, type Timed } from './timeline.ts'

/**
 * The verdict of every standing check-in of a team, in order of time. A person's decision (the last standing review
 * by a judge or admin) is final and kept beside what the rules say.
 */
export function judgeTeam(
  standing: readonly Timed[],
  team: TeamDoc | null,
  { plan, known = new Map() }: { plan: RulesPlan; known?: Known },
): Verdict[] {
  const { event, checkpoints } = plan
  const photos = lastBy(
    ofType(standing, 'photo').filter(({ fact }) => fact.purpose === 'checkin'),
    ({ fact }) => fact.checkin,
  )
  const reviews = lastBy(
    ofType(standing, 'review').filter(({ fact }) => fact.as === 'judge' || fact.as === 'admin'),
    ({ fact }) => fact.checkin,
  )
  const outSince = outOfEventSince(standing)
  const declared = declaredTimes(standing)
  const judged: Judged[] = ofType(standing, 'checkin').map((checkin) => {
    const { _id: id, checkpoint: number } = checkin.fact
    const checkpoint = checkpoints.get(number)
    const row = known.get(id)
    if (row)
      return { checkin, checkpoint, judgement: judgementOf(row), review: reviews.get(id), judgedByServer: row.status }
    const evidence = { checkin, photo: photos.get(id), event, checkpoint, team, outSince, startAt: declared.startAt }
    return { checkin, checkpoint, judgement: judgeCheckin(evidence), review: reviews.get(id) }
  })
  markTooFast(judged, event.rules)
  markDuplicates(judged, event.rules)
  const verdictOf = (one: Judged) => toVerdict(one, photos.get(one.checkin.fact._id)?.fact._id, plan)
  markAfterGoal(judged, declared.goalAt ?? goalTime(judged.map(verdictOf), plan))
  const verdicts = judged.map(verdictOf)
  const counting = new Set(bestOfEach(verdicts).filter(isApproved))
  return verdicts.map((verdict) => ({ ...verdict, counts: counting.has(verdict) }))
}

/** Check-ins by id whose verdict came from the server; of these only a newer review changes anything. */
export type Known = ReadonlyMap<string, CardRow>

const judgementOf = ({ reasons, distanceMeters }: CardRow): Judgement => ({
  reasons: reasons.filter((reason) => reason !== 'ok'),
  figures: {},
  ...(distanceMeters !== undefined && { distanceMeters }),
})

/** The last of each key, for things in order of time. */
const lastBy = <T>(things: readonly T[], keyOf: (thing: T) => string | undefined) =>
  new Map(things.map((thing) => [keyOf(thing), thing]))

/** From when on the team's check-ins need a look: its first retirement, or when it was ruled out and stayed so. */
function outOfEventSince(standing: readonly Timed[]): number | null {
  const rulings = ofType(standing, 'ruling')
  const ruledOut = rulings[rulings.findLastIndex(({ fact }) => isInEvent(fact)) + 1]
  const times = [ruledOut, ofType(standing, 'retire')[0]].filter((one) => one !== undefined)
  return times.length ? Math.min(...times.map(({ time }) => time.at)) : null
}

/** A team without a place still runs. */
const isInEvent = ({ status }: FactOf<'ruling'>) => status === 'registered' || status === 'not-placed'

/** When the team reached its goal, by the goal check-in that counts. */
function goalTime(verdicts: readonly Verdict[], { checkpoints }: RulesPlan): number | null {
  const goals = bestOfEach(verdicts).filter((one) => checkpoints.get(one.checkpoint)?.kind === 'goal')
  return goals.find(isApproved)?.at ?? null
}

function toVerdict(one: Judged, photo: string | undefined, plan: RulesPlan): Verdict {
  const { checkin, checkpoint, judgement, review } = one
  const { fact, time } = checkin
  const automatic = one.judgedByServer ?? automaticStatus(fact, judgement, plan)
  const status = review?.fact.action ?? automatic
  const worth = checkpoint && !checkpoint.cancelled ? checkpoint.points : 0
  return {
    _id: `verdict:${fact._id}`,
    type: 'verdict',
    event: fact.event,
    team: fact.team,
    checkin: fact._id,
    checkpoint: fact.checkpoint,
    at: time.at,
    status,
    automatic,
    reasons: judgement.reasons.length ? inOrder(judgement.reasons) : ['ok'],
    figures: { ...judgement.figures },
    ...(judgement.distanceMeters !== undefined && { distanceMeters: judgement.distanceMeters }),
    points: status === 'REJECTED' ? 0 : worth,
    counts: false,
    ...(photo && { photo }),
    firstSeenAt: time.receivedAt,
    device: fact.device,
    by: fact.by,
    as: fact.as,
    method: fact.method,
    ...(review && { reviewedBy: review.fact.by, reviewedAt: review.time.at }),
    ...(review?.fact.comment && { comment: review.fact.comment }),
  }
}

/** Where the event wants a person for everything, the rules approve only what staff saw themselves. */
function automaticStatus(fact: CheckinFact, { reasons }: Judgement, { event }: RulesPlan): Verdict['status'] {
  const status = statusFor(reasons)
  const wantsPerson = !event.rules.autoApprove && recordedWithoutStaff(fact)
  return status === 'AUTO_APPROVED' && wantsPerson ? 'PENDING' : status
}
