import type { Card, CardRow, VerdictStatus } from '../../design-docs/derived.ts'
import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'
import { cardOf } from './card-of.ts'
import { judgeTeam } from './judge-team.ts'
import type { RulesPlan } from './rules-plan.ts'
import { tagReader, takenIn } from './taken-in.ts'
import { teamOf } from './team-of.ts'
import { type Timed, timeline } from './timeline.ts'
import { mayVoid, voidedFacts } from './void-facts.ts'

/**
 * The card as it will look once this phone's own facts of the team have arrived: the server's card is taken apart
 * into facts whose verdicts are known, and judged and counted together with the own ones by the very same rules.
 * Own facts that the card was made with are left to it, so all of this phone's may be given, sent or not. The second
 * best check-in behind a card's row is not known here, nor are other phones' unsent facts.
 */
export function preview(card: Card, ownFacts: readonly Fact[], plan: RulesPlan): Card {
  const isTakenIn = tagReader(card.takenIn)
  const own = ownFacts.filter((fact) => !isTakenIn(fact))
  if (own.length === 0) return card
  const rows = card.checkpoints.filter((row) => !isVoided(row, own))
  const known = new Map(rows.map((row) => [row.checkin, row]))
  const voided = voidedFacts(own)
  const fresh = timeline(own).filter(({ fact }) => !voided.has(fact._id))
  const standing = [...factsOf(card, rows), ...fresh].sort((a, b) => a.time.at - b.time.at)
  const team = teamOf(standing)
  if (!team) return card
  const verdicts = judgeTeam(standing, team, { plan, known })
  const next = cardOf(team, verdicts, { standing, plan, tags: takenIn(own, card.takenIn) })
  const unseen = tally(card.checkins, card.checkpoints)
  return {
    ...next,
    checkins: tally(unseen, verdicts, 1),
    lastSeen: (card.lastSeen?.at ?? 0) > (next.lastSeen?.at ?? 0) ? card.lastSeen : next.lastSeen,
  }
}

const isVoided = (row: CardRow, own: readonly Fact[]) =>
  own.some((fact) => fact.type === 'void' && fact.fact === row.checkin && mayVoid(fact, row))

/** Counts of check-ins with these taken off (or, with `sign` 1, added). */
function tally(counts: Card['checkins'], changed: readonly { status: VerdictStatus }[], sign: 1 | -1 = -1) {
  const next = { ...counts, total: counts.total + sign * changed.length }
  for (const { status } of changed) next[counter[status]] += sign
  return next
}
const counter = {
  APPROVED: 'confirmed',
  AUTO_APPROVED: 'provisional',
  PENDING: 'pending',
  REJECTED: 'rejected',
} as const

/** A card as the facts that would lead to it; their authors, where the card does not name them, are the server. */
function factsOf(card: Card, rows: readonly CardRow[]): Timed[] {
  const { team, event, name, kana, classIds, members, bibIssue, reception, retired, help, declared, backAt } = card
  const make = <T extends FactType>(type: T, at: number, fields: object): Timed => {
    const claim = { as: 'server', by: 'server', device: 'server', at, deviceAt: at, offsetMs: 0, measuredAt: null }
    const fact = { _id: `${team}:${type}:`, type, event, team, ...claim, bootId: '-', monotonicMs: 0, ...fields }
    return { fact: fact as unknown as FactOf<T>, time: timeAt(at) }
  }
  const correct = (field: string, is: unknown) => make('correction', 0, { field, was: null, is })
  return [
    make('entry', 0, { name, ...(kana && { kana }), classIds, members, bibIssue }),
    correct('revokedBibs', card.revokedBibs),
    ...(card.attention ? [correct('attention', card.attention)] : []),
    ...(card.statusReason !== undefined ? [make('ruling', 0, { status: card.status, reason: card.statusReason })] : []),
    ...(card.portrait ? [make('photo', 0, { _id: card.portrait, purpose: 'portrait' })] : []),
    ...(card.palettes ?? []).map((palette) => make('collected', 0, { palette, verified: true })),
    ...(reception ? [make('reception', reception.at, reception)] : []),
    ...(retired ? [make('retire', retired.at, retired)] : []),
    ...(help ? [make('help', help.at, help)] : []),
    ...(backAt === undefined ? [] : [make('back', backAt, {})]),
    ...(declared?.startAt === undefined ? [] : [make('timing', 0, { kind: 'start', is: declared.startAt })]),
    ...(declared?.goalAt === undefined ? [] : [make('timing', 0, { kind: 'finish', is: declared.goalAt })]),
    ...card.lines.filter(({ kind }) => kind === 'adjustment').map((line) => make('adjustment', line.at ?? 0, line)),
    ...rows.flatMap((row) => rowFacts(row, make)),
  ]
}

type Make = (type: 'checkin' | 'photo', at: number, fields: object) => Timed

function rowFacts(row: CardRow, make: Make): Timed[] {
  const { checkin, checkpoint, device, by, at, photo } = row
  const made = make('checkin', at, { _id: checkin, checkpoint, device, by, as: 'staff', method: 'qr', verified: true })
  return photo ? [made, make('photo', at, { _id: photo, checkin, purpose: 'checkin' })] : [made]
}

const timeAt = (at: number) => ({ at, source: 'claim', receivedAt: null, doubtful: false, figures: {} }) as const
