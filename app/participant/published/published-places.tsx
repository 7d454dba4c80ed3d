import type { Ranking } from '../../../design-docs/derived.ts'
import { overallId } from '../../../design-docs/ids.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { useOwnTeam } from '../own-team.ts'
import { words } from './published-words.ts'

/** The team's places as they were published, in each class and over all; they move when they are published anew. */
export function PublishedPlaces() {
  const t = words.value
  const { store, event, number, timeZone } = useOwnTeam()
  const published = store.mirrors.board.withPrefix('ranking:').value as unknown as readonly Ranking[]
  const rankings = published.filter(({ rows }) => rows.some(({ team }) => team === number.value))
  if (rankings.length === 0) return null
  const asOf = Math.max(...rankings.map((one) => one.asOf ?? 0))
  const name = (id: string) => {
    const known = event.value?.classes.find((one) => one.id === id)
    return known ? said(known.name) : t.overall
  }
  const until = event.value?.protestUntil
  const order = [...(event.value?.classes.map(({ id }) => id) ?? []), overallId]
  const sorted = [...rankings].sort((one, other) => order.indexOf(one.classId) - order.indexOf(other.classId))
  return (
    <section class="sheet">
      <h2>{t.title}</h2>
      {sorted.map(({ classId, rows }) => {
        const own = rows.find(({ team }) => team === number.value)
        const teams = rows.filter(({ place }) => place !== null).length
        if (!own) return null
        return (
          <p key={classId}>
            {own.place === null ? t.none(name(classId)) : t.place(name(classId), count(own.place), count(teams))}
          </p>
        )
      })}
      <p class="soft">{t.asOf(dayAndTime(asOf, timeZone.value))}</p>
      {until !== undefined && until > store.outbox.stamp().at ? (
        <p>{t.protests(dayAndTime(until, timeZone.value))}</p>
      ) : null}
    </section>
  )
}
