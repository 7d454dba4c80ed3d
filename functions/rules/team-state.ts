import type { TeamState } from '../../design-docs/console.ts'
import type { Card } from '../../design-docs/derived.ts'

/** A team's state: out when withdrawn or disqualified, retired when it gave up, finished when a goal stands. */
export function teamStateOf(card: Card): TeamState {
  if (card.status === 'withdrawn' || card.status === 'disqualified') return 'out'
  if (card.goalAt !== null) return 'finished'
  if (card.retired) return 'retired'
  const seenOnCourse = card.startAt !== null || card.checkpoints.length > 0
  if (seenOnCourse) return 'on-course'
  return card.reception ? 'arrived' : 'entered'
}
