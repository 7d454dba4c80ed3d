import type { Card } from '../../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import type { RaceClock } from '../race-clock.ts'

/** The one thing that a team does next; `checkpoint` is the number of the place that it is done at. */
export type NextStep =
  | { do: 'prepare' }
  | { do: 'receive' }
  | { do: 'wait'; startsAt: number }
  | { do: 'start'; checkpoint: string }
  | { do: 'visit' }
  | { do: 'return'; checkpoint: string | null; leftMs: number }
  | { do: 'finish'; checkpoint: string | null }
  | { do: 'report' }
  | { do: 'await-review'; count: number }

type Standing = Pick<Card, 'reception' | 'retired' | 'startAt' | 'checkins'>
type Around = {
  clock: RaceClock
  places: Iterable<Pick<CheckpointDoc, 'number' | 'kind' | 'cancelled'>>
  isReady: boolean
  returnBeforeMs: number
}

/** What a team that looks at its phone is to do now; null when there is nothing left to do. */
export function nextStep(card: Standing, { clock, places, isReady, returnBeforeMs }: Around): NextStep | null {
  const open = [...places].filter(({ cancelled }) => !cancelled)
  const place = (kind: CheckpointDoc['kind']) => open.find((one) => one.kind === kind)?.number ?? null
  switch (clock.is) {
    case 'before':
      if (!isReady) return { do: 'prepare' }
      return card.reception ? { do: 'wait', startsAt: clock.startsAt } : { do: 'receive' }
    case 'running': {
      const start = place('start')
      if (card.startAt === null && start !== null) return { do: 'start', checkpoint: start }
      const isLate = clock.leftMs <= returnBeforeMs
      return isLate ? { do: 'return', checkpoint: place('goal'), leftMs: clock.leftMs } : { do: 'visit' }
    }
    case 'over':
      return { do: 'finish', checkpoint: place('goal') }
    case 'goal':
      return card.checkins.pending > 0 ? { do: 'await-review', count: card.checkins.pending } : null
    case 'ended':
      return card.retired ? { do: 'report' } : null
    case 'unknown':
      return null
  }
}
