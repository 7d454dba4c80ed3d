import type { Card } from '../../design-docs/derived.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/participant-words.ts'
import { useOwnTeam } from './own-team.ts'
import { raceClock } from './race-clock.ts'

/** Why the team is in no place, class by class; a team that is still out has no goal yet and is told nothing. */
export function Placing({ card }: { card: Card }) {
  const { event, now } = useOwnTeam()
  const t = words.value.placing
  const over = raceClock(card, event.value, now.value).is === 'ended'
  const reasons = Object.entries(card.notPlaced).filter(([, reason]) => reason !== 'no-goal' || over)
  if (reasons.length === 0) return null
  return (
    <section class="notice warn">
      <h2>{t.title}</h2>
      {reasons.map(([classId, reason]) => {
        const text = reason === 'too-late' ? t['too-late'](card.lateMinutes[classId] ?? 0) : t[reason]
        const known = event.value?.classes.find(({ id }) => id === classId)
        return <p key={classId}>{card.classIds.length > 1 && known ? t.inClass(said(known.name), text) : text}</p>
      })}
    </section>
  )
}
