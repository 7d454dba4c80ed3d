import type { Card } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

/** Milliseconds until the limit of the team's main class, negative when it is over; null before the plan is here or once in the goal. */
export function timeLeftMs(
  card: Pick<Card, 'classIds' | 'goalAt' | 'declared'>,
  event: EventDoc | null,
  now: number,
): number | null {
  const main = event?.classes.find(({ id }) => id === card.classIds[0])
  const startsAt = card.declared?.startAt ?? main?.startsAt ?? 0
  if (!main || card.goalAt !== null || now < startsAt) return null
  return startsAt + main.limitMinutes * 60_000 - now
}
