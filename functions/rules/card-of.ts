import type { Card, TeamDoc, Verdict } from '../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { classesOf } from './classes-of.ts'
import { type DeclaredTimes, declaredTimes } from './declared-times.ts'
import type { RulesPlan } from './rules-plan.ts'
import { bestOfEach, cardRow, isApproved, lateMinutesByClass, latePenalty, notPlacedByClass, score } from './score.ts'
import { ofType, type Timed } from './timeline.ts'

/** `tags` name the facts behind it, the voided ones too. */
type Sources = { standing: readonly Timed[]; plan: RulesPlan; tags: string }

/** A team's state at a glance, from its standing facts in order of time and their verdicts. */
export function cardOf(team: TeamDoc, verdicts: Verdict[], from: Sources): Card {
  const { standing, plan, tags } = from
  const { event } = plan
  const best = bestOfEach(verdicts)
  const timeOfKind = (kind: CheckpointDoc['kind']) =>
    best.find((one) => isApproved(one) && plan.checkpoints.get(one.checkpoint)?.kind === kind)?.at ?? null
  const declared = declaredTimes(standing)
  const goalAt = declared.goalAt ?? timeOfKind('goal')
  const classIds = classesOf(team, event.classes)
  const lateMinutes = lateMinutesByClass(event, classIds, { goalAt, declaredStartAt: declared.startAt })
  const [mainClass] = classIds
  const late = {
    minutes: lateMinutes[mainClass ?? ''] ?? 0,
    penalty: latePenalty(lateMinutes, mainClass, event.rules),
  }
  const checkpoints = best.map(cardRow)
  const retired = lastRetired(standing)
  const count = (status: Verdict['status']) => verdicts.filter((one) => one.status === status).length
  return {
    _id: `card:${team.number}`,
    type: 'card',
    event: team.event,
    team: team.number,
    name: team.name,
    ...(team.kana && { kana: team.kana }),
    classIds,
    members: team.members,
    status: team.status,
    ...(team.statusReason !== undefined && { statusReason: team.statusReason }),
    bibIssue: team.bibs.issue,
    revokedBibs: team.bibs.revoked,
    ...(team.attention && { attention: team.attention }),
    reception: lastReception(standing),
    retired,
    help: lastHelp(standing),
    ...backSince(standing),
    portrait: ofType(standing, 'photo').findLast(({ fact }) => fact.purpose === 'portrait')?.fact._id ?? null,
    ...collectedPalettes(standing),
    checkpoints,
    ...score(checkpoints, ofType(standing, 'adjustment'), late),
    checkins: {
      total: verdicts.length,
      confirmed: count('APPROVED'),
      provisional: count('AUTO_APPROVED'),
      pending: count('PENDING'),
      rejected: count('REJECTED'),
    },
    startAt: declared.startAt ?? timeOfKind('start'),
    goalAt,
    ...shownDeclared(declared),
    lateMinutes,
    notPlaced: notPlacedByClass({ classIds, status: team.status }, { retired, goalAt, lateMinutes }, event.rules),
    lastSeen: lastSeen(standing),
    takenIn: tags,
  }
}

function collectedPalettes(standing: readonly Timed[]): Pick<Card, 'palettes'> {
  const palettes = [...new Set(ofType(standing, 'collected').map(({ fact }) => fact.palette))]
  return palettes.length > 0 ? { palettes } : {}
}

function lastReception(standing: readonly Timed[]): Card['reception'] {
  const last = ofType(standing, 'reception').at(-1)
  if (!last) return null
  const { arrived, feePaid, note, device, by } = last.fact
  return { at: last.time.at, arrived, feePaid, ...(note && { note }), device, by }
}

function lastRetired(standing: readonly Timed[]): Card['retired'] {
  const last = ofType(standing, 'retire').at(-1)
  if (!last) return null
  const { reason, place } = last.fact
  return { at: last.time.at, reason, ...(place && { place }) }
}

function lastHelp(standing: readonly Timed[]): Card['help'] {
  const last = ofType(standing, 'help').at(-1)
  if (!last) return null
  const { text, position } = last.fact
  return { at: last.time.at, ...(text && { text }), ...(position && { position }) }
}

function backSince(standing: readonly Timed[]): Pick<Card, 'backAt'> {
  const last = ofType(standing, 'back').at(-1)
  return last ? { backAt: last.time.at } : {}
}

function shownDeclared({ startAt, goalAt }: DeclaredTimes): Pick<Card, 'declared'> {
  if (startAt === null && goalAt === null) return {}
  return { declared: { ...(startAt !== null && { startAt }), ...(goalAt !== null && { goalAt }) } }
}

/** The last check-in or reception, whatever became of its verdict: somebody has to look for the team. */
function lastSeen(standing: readonly Timed[]): Card['lastSeen'] {
  const last = standing.findLast(({ fact }) => fact.type === 'checkin' || fact.type === 'reception')
  if (!last) return null
  const checkpoint = last.fact.type === 'checkin' ? last.fact.checkpoint : 'reception'
  return { at: last.time.at, checkpoint, device: last.fact.device }
}
