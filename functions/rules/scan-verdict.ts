import type { Card } from '../../design-docs/derived.ts'
import type { Fact, ScanReason } from '../../design-docs/facts.ts'
import type { Words } from '../../design-docs/primitives.ts'
import type { BibReading } from './bib-qr.ts'
import { preview } from './preview.ts'
import type { RulesPlan } from './rules-plan.ts'
import { type CheckinStep, type ScanKind, type ScanLevel, scanTable } from './scan-kinds.ts'
import { voidedFacts } from './void-facts.ts'

/** Where the phone stands: a checkpoint (start and goal too), the reception or a corner, perhaps for some classes only. */
export type Station =
  | { kind: 'checkpoint'; checkpoint: string; classIds?: readonly string[] }
  | { kind: 'reception'; classIds?: readonly string[] }
  /** Gives a palette, named by its photo, or takes portraits alone. */
  | { kind: 'corner'; palette: string | null; name: Words; classIds?: readonly string[] }

/** What led to the team: a bib's QR, or its number chosen by hand. */
export type ScanReading = BibReading | { result: 'by-hand'; number: string }

export type Scan = {
  reading: ScanReading
  /** The team's card from the roster; null when this phone has none. */
  card: Card | null
  /** This phone's own facts of the team that the card may not hold yet. */
  own: readonly Fact[]
  station: Station
  plan: RulesPlan
  revoked: readonly { number: string; issue: number }[]
}

/** An earlier recording at the same place. */
export type Previous = { at: number; device: string; by: string }

export type ScanVerdict = {
  kind: ScanKind
  level: ScanLevel
  /** What else holds, by importance. */
  also: ScanKind[]
  checkin: CheckinStep
  /** What a scan that leads to nothing is recorded with; null: it leads to something. */
  reason: ScanReason | null
  /** Whom the check-in would be of; null where nobody is known. */
  team: string | null
  /** The card with the own facts counted in. */
  card: Card | null
  previous: Previous | null
  /** For the check-in that follows. */
  verified: boolean
  bibIssue: number | null
}

/** What a staff phone says to a scan, from what it knows by itself. */
export function scanVerdict(scan: Scan): ScanVerdict {
  const { reading } = scan
  const bib = reading.result === 'ok' || reading.result === 'unknown-key' ? reading.bib : null
  const team = bib?.number ?? (reading.result === 'by-hand' ? reading.number : null)
  // The number on a forged bib, or on one of another event, belongs to somebody who is not here.
  const known = team === null ? { ...scan, card: null, own: [] } : scan
  const card = known.card && preview(known.card, known.own, scan.plan)
  const previous = previousAt(scan.station, card, known.own)
  const [kind = 'ok', ...also] = kindsOf({ ...known, card }, previous)
  return {
    kind,
    also,
    ...scanTable[kind],
    team,
    card,
    previous,
    verified: reading.result === 'ok',
    bibIssue: bib?.issue ?? null,
  }
}

/** All that holds, the most important first; what follows a refusal of the bib itself would be about nobody. */
function kindsOf({ reading, card, station, plan, revoked }: Scan, previous: Previous | null): ScanKind[] {
  if (reading.result === 'not-ours' || reading.result === 'malformed') return ['unreadable']
  if (reading.result === 'wrong-event' || reading.result === 'bad-signature') return [reading.result]
  const checkpoint = station.kind === 'checkpoint' ? plan.checkpoints.get(station.checkpoint) : undefined
  const bib = 'bib' in reading ? reading.bib : null
  const isRevoked =
    bib !== null &&
    (card?.revokedBibs.includes(bib.issue) ||
      revoked.some(({ number, issue }) => number === bib.number && issue === bib.issue))
  const holds: Partial<Record<ScanKind, boolean>> = {
    'revoked-bib': isRevoked,
    'cancelled-checkpoint': checkpoint?.cancelled === true,
    'unknown-team': card === null && reading.result !== 'ok',
    'unknown-but-signed': card === null && reading.result === 'ok',
    retired: card !== null && (card.retired !== null || card.status === 'withdrawn' || card.status === 'disqualified'),
    'wrong-class': card !== null && isOfOtherClass(card, station),
    unverified: reading.result === 'unknown-key',
    'already-here': previous !== null,
    'needs-attention': card !== null && (card.attention !== undefined || card.help !== null),
    unpaid: card?.reception?.feePaid === false,
  }
  return (Object.keys(holds) as ScanKind[]).filter((kind) => holds[kind])
}

const isOfOtherClass = (card: Card, { classIds }: Station) =>
  classIds !== undefined && !card.classIds.some((id) => classIds.includes(id))

/** The reception, or the check-in that counts at this checkpoint; a rejected one does not stand in the way of a new one. */
function previousAt(station: Station, card: Card | null, own: readonly Fact[]): Previous | null {
  if (station.kind === 'reception') return card?.reception ?? null
  // What was given before is said by the corner itself.
  if (station.kind === 'corner') return null
  const row = card?.checkpoints.find(({ checkpoint }) => checkpoint === station.checkpoint)
  if (card) return row && row.status !== 'REJECTED' ? row : null
  const voided = voidedFacts(own)
  const isHere = (fact: Fact) =>
    fact.type === 'checkin' && fact.checkpoint === station.checkpoint && !voided.has(fact._id)
  return own.filter(isHere).reduce<Fact | null>((last, fact) => (last && last.at > fact.at ? last : fact), null)
}
