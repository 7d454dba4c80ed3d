import type { Reason, VerdictStatus } from '../../design-docs/derived.ts'

/**
 * What each reason alone leads to, in the order in which reasons are listed. A machine rejects only what no look at
 * the evidence could change: the checkpoint already counts by another check-in, or it counts for nobody.
 */
export const reasonStatus: Record<Reason, VerdictStatus> = {
  ok: 'AUTO_APPROVED',
  'unknown-team': 'PENDING',
  'unknown-checkpoint': 'PENDING',
  'cancelled-checkpoint': 'REJECTED',
  duplicate: 'REJECTED',
  withdrawn: 'PENDING',
  unverified: 'PENDING',
  'revoked-bib': 'PENDING',
  'outside-period': 'PENDING',
  'after-goal': 'PENDING',
  'no-position': 'PENDING',
  'low-accuracy': 'PENDING',
  'too-far': 'PENDING',
  'no-photo': 'PENDING',
  'too-fast': 'PENDING',
  'clock-skew': 'PENDING',
  'late-delivery': 'PENDING',
}

const order = Object.keys(reasonStatus) as Reason[]

/** The same reasons, each once, in the order of the table. */
export const inOrder = (reasons: readonly Reason[]) => order.filter((reason) => reasons.includes(reason))

/** A certain reason outweighs a doubtful one: nobody has to look at a check-in that cannot count. */
export function statusFor(reasons: readonly Reason[]): VerdictStatus {
  const statuses = reasons.map((reason) => reasonStatus[reason])
  if (statuses.includes('REJECTED')) return 'REJECTED'
  return statuses.includes('PENDING') ? 'PENDING' : 'AUTO_APPROVED'
}

/** Whether a person could see it otherwise. */
export const isDoubtful = (reasons: readonly Reason[]) => reasons.some((reason) => reasonStatus[reason] === 'PENDING')
