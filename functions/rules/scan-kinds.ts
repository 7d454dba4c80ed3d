import type { ScanReason } from '../../design-docs/facts.ts'

export const scanKinds = [
  'unreadable',
  'wrong-event',
  'bad-signature',
  'revoked-bib',
  'cancelled-checkpoint',
  'unknown-team',
  'unknown-but-signed',
  'retired',
  'wrong-class',
  'unverified',
  'already-here',
  'needs-attention',
  'unpaid',
  'ok',
] as const
export type ScanKind = (typeof scanKinds)[number]

/** done: green, the next bib may come; look: amber, a person decides; refused: red, it leads to nothing by itself. */
export type ScanLevel = 'done' | 'look' | 'refused'

/** Whether the check-in is recorded by the scan itself, by a deliberate second step, or not at all. */
export type CheckinStep = 'at-once' | 'on-purpose' | 'never'

/**
 * What each verdict of a scan leads to; the order above is that in which they are named when several hold. Whoever
 * stands before the phone is never turned away by a doubt: presence can be recorded, and is judged later. `reason` is
 * what the `scan` fact says when the person leaves it at that.
 */
export const scanTable: Record<ScanKind, { level: ScanLevel; checkin: CheckinStep; reason: ScanReason | null }> = {
  unreadable: { level: 'refused', checkin: 'never', reason: 'unreadable' },
  'wrong-event': { level: 'refused', checkin: 'never', reason: 'wrong-event' },
  'bad-signature': { level: 'refused', checkin: 'never', reason: 'bad-signature' },
  'revoked-bib': { level: 'refused', checkin: 'on-purpose', reason: 'revoked-bib' },
  'cancelled-checkpoint': { level: 'refused', checkin: 'on-purpose', reason: 'cancelled-checkpoint' },
  'unknown-team': { level: 'refused', checkin: 'never', reason: 'unknown-team' },
  'unknown-but-signed': { level: 'look', checkin: 'at-once', reason: null },
  retired: { level: 'look', checkin: 'on-purpose', reason: 'retired' },
  'wrong-class': { level: 'refused', checkin: 'on-purpose', reason: 'wrong-class' },
  unverified: { level: 'look', checkin: 'on-purpose', reason: 'abandoned' },
  'already-here': { level: 'look', checkin: 'on-purpose', reason: 'already-here' },
  'needs-attention': { level: 'look', checkin: 'at-once', reason: null },
  unpaid: { level: 'look', checkin: 'at-once', reason: null },
  ok: { level: 'done', checkin: 'at-once', reason: null },
}
