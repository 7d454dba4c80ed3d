import type { Card } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

/** Where a team stands in its time. Durations in milliseconds; instants by the server's clock. */
export type RaceClock =
  | { is: 'before'; startsAt: number; untilMs: number }
  | { is: 'running'; endsAt: number; leftMs: number; usedShare: number }
  /** Past the limit, still out; `mayPlace` is false once even the allowed lateness is used up. */
  | { is: 'over'; overMs: number; mayPlace: boolean }
  | { is: 'goal'; at: number; takenMs: number | null; lateMinutes: number }
  /** The team takes no part any more, or the event's time is over without a goal. */
  | { is: 'ended' }
  /** The plan has not arrived, or the team is in no class of it. */
  | { is: 'unknown' }

type Standing = Pick<Card, 'classIds' | 'goalAt' | 'lateMinutes' | 'status' | 'retired' | 'declared'>

/** The time of the team's first class, which is the one that its card counts lateness by, from its own start. */
export function raceClock(card: Standing, event: EventDoc | null, now: number): RaceClock {
  const main = event?.classes.find(({ id }) => id === card.classIds[0])
  const startsAt = card.declared?.startAt ?? main?.startsAt ?? 0
  if (card.goalAt !== null) {
    const takenMs = main ? card.goalAt - startsAt : null
    return { is: 'goal', at: card.goalAt, takenMs, lateMinutes: card.lateMinutes[main?.id ?? ''] ?? 0 }
  }
  if (card.status === 'withdrawn' || card.status === 'disqualified' || card.retired) return { is: 'ended' }
  if (!event || !main) return { is: 'unknown' }
  if (event.phase === 'closed' || event.phase === 'published' || now > event.endsAt) return { is: 'ended' }
  if (now < startsAt) return { is: 'before', startsAt, untilMs: startsAt - now }
  const limitMs = main.limitMinutes * 60_000
  const endsAt = startsAt + limitMs
  if (now <= endsAt) return { is: 'running', endsAt, leftMs: endsAt - now, usedShare: (now - startsAt) / limitMs }
  const overMs = now - endsAt
  return { is: 'over', overMs, mayPlace: Math.ceil(overMs / 60_000) <= event.rules.maxLateMinutes }
}
