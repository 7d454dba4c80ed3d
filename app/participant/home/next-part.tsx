import { useEffect, useMemo } from 'preact/hooks'
import type { Card } from '../../../design-docs/derived.ts'
import { count, timeOf } from '../../i18n/format.ts'
import { words } from '../../i18n/home-words.ts'
import { settingOf } from '../../store/setting.ts'
import { useOwnTeam } from '../own-team.ts'
import { raceClock } from '../race-clock.ts'
import { type NextStep, nextStep } from './next-step.ts'
import { isReady, readinessOf, watchReadiness } from './ready.ts'
import './home.css'

/** What the team does next, in one sentence and one button. */
export function NextPart({ card }: { card: Card }) {
  const own = useOwnTeam()
  const readiness = useMemo(() => readinessOf(own), [own])
  useEffect(watchReadiness, [])
  const clock = raceClock(card, own.event.value, own.now.value)
  const places = own.checkpoints.value.values()
  const returnBeforeMs = settingOf(own.store, 'return.before') * 60_000
  const step = nextStep(card, { clock, places, isReady: isReady(readiness.value), returnBeforeMs })
  if (!step) return null
  const t = words.value
  const [title, text] = t.steps[step.do]
  const more = moreText(step, (at) => timeOf(at, own.timeZone.value)) ?? text
  const path = pathOf(step)
  return (
    <section class="sheet stack next-step" aria-label={t.next}>
      <div>
        <p class="soft">{t.next}</p>
        <h2>{title}</h2>
        {more ? <p>{more}</p> : null}
      </div>
      {path ? (
        <a class="button main" href={path}>
          {t.acts[step.do as keyof typeof t.acts]}
        </a>
      ) : null}
    </section>
  )
}

function moreText(step: NextStep, time: (at: number) => string): string | null {
  const t = words.value
  switch (step.do) {
    case 'wait':
      return t.startsAt(time(step.startsAt))
    case 'return':
      return t.left(count(Math.floor(step.leftMs / 60_000)))
    case 'await-review':
      return t.pending(count(step.count))
    default:
      return null
  }
}

function pathOf(step: NextStep): string | null {
  switch (step.do) {
    case 'prepare':
      return '/team/ready'
    case 'receive':
      return '/team/number'
    case 'visit':
      return '/team/check-in'
    case 'start':
    case 'return':
    case 'finish':
      return step.checkpoint === null ? null : `/team/check-in/${step.checkpoint}`
    default:
      return null
  }
}
