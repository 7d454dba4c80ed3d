import type { Card } from '../../design-docs/derived.ts'
import type { EventRules } from '../../design-docs/plan.ts'
import { count, duration, timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { Meter } from '../ui/meter.tsx'
import { useOwnTeam } from './own-team.ts'
import { type RaceClock, raceClock } from './race-clock.ts'

/** The two numbers that a team runs by: the time it has left and the points it has so far. */
export function TimeAndPoints({ card, fresh }: { card: Card; fresh: boolean }) {
  const { event } = useOwnTeam()
  const t = words.value
  const { net, confirmed } = card.points
  const published = event.value?.phase === 'published'
  return (
    <section class="sheet stack">
      <div class="glance">
        <Time card={card} />
        <div class={`points${fresh ? ' fresh' : ''}`}>
          <h2 class="soft">{published ? t.score.official : t.score.provisional}</h2>
          <p class="figure">{count(net)}</p>
          {published || net === 0 ? null : <p class="soft">{t.score.share(count(confirmed))}</p>}
        </div>
      </div>
      <TimeNote card={card} />
      {published ? <p class="soft">{t.score.publishedText}</p> : null}
    </section>
  )
}

/** Renewed every second by itself, so that the rest of the card is left alone. */
function Time({ card }: { card: Card }) {
  const { event, now, timeZone } = useOwnTeam()
  const clock = raceClock(card, event.value, now.value)
  const [label, figure, more] = timeLine(clock, (at) => timeOf(at, timeZone.value))
  return (
    <div class={clock.is === 'over' ? 'time over' : 'time'}>
      <h2 class="soft">{label}</h2>
      <p class="figure" role="timer">
        {figure}
      </p>
      {more ? <p class="soft">{more}</p> : null}
    </div>
  )
}

function timeLine(clock: RaceClock, timeText: (at: number) => string): [label: string, figure: string, more?: string] {
  const t = words.value.clock
  switch (clock.is) {
    case 'before':
      return [t.untilStart, duration(clock.untilMs), t.startsAt(timeText(clock.startsAt))]
    case 'running':
      return [t.left, duration(clock.leftMs), t.endsAt(timeText(clock.endsAt))]
    case 'over':
      return [t.over, `+${duration(clock.overMs)}`]
    case 'goal': {
      const more = [t.goalAt(timeText(clock.at)), clock.lateMinutes ? words.value.score.late(clock.lateMinutes) : '']
      const taken = clock.takenMs === null ? '–' : duration(clock.takenMs)
      return [t.taken, taken, more.filter(Boolean).join(words.value.listSeparator)]
    }
    case 'ended':
      return [t.left, t.ended]
    case 'unknown':
      return [t.left, '–']
  }
}

/** What the time means now: how much of it is used, or what being late costs. */
function TimeNote({ card }: { card: Card }) {
  const { event, now } = useOwnTeam()
  const t = words.value.clock
  const clock = raceClock(card, event.value, now.value)
  if (clock.is === 'running') return <Meter share={clock.usedShare} label={t.meter} />
  if (clock.is === 'over') {
    return <p class="notice warn">{clock.mayPlace && event.value ? overText(event.value.rules) : t.tooLate}</p>
  }
  if (clock.is === 'unknown' && event.value) return <p class="soft">{t.noneText}</p>
  return null
}

const overText = ({ latePenaltyPerMinute, maxLateMinutes }: EventRules) =>
  words.value.clock.overText(latePenaltyPerMinute, maxLateMinutes)
