import type { StationsPage } from '../../../design-docs/stations.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { postWords } from './post-words.ts'

/** What waits and what is to be expected, beside what the budgets carry. */
export function PostForecast({ page: { now, stations, waiting, parked, forecast } }: { page: StationsPage }) {
  const t = postWords.value
  const zone = useDesk().overview.value?.event.timeZone
  const { mailsLeft, mailsPerDay, doneAt, expected, short } = forecast
  const done = doneAt === null ? t.never : doneAt - now < 60_000 ? t.doneNow : dayAndTime(doneAt, zone)
  const figures: [name: string, value: string][] = [
    [t.waiting, count(waiting)],
    [t.left, count(mailsLeft)],
    [t.perDay, count(mailsPerDay)],
    [t.expected, count(expected)],
    ...(waiting > 0 ? [[t.doneAt, done] as [string, string]] : []),
    ...(parked > 0 ? [[t.parked, count(parked)] as [string, string]] : []),
  ]
  return (
    <>
      <section aria-label={t.forecast} class="figures">
        {figures.map(([name, value]) => (
          <div key={name} class="figure-box">
            <span class="soft">{name}</span>
            <b class="digits">{value}</b>
          </div>
        ))}
      </section>
      {short > 0 && stations.length > 0 ? (
        <p class="notice warn" role="status">
          {t.short(count(short))}
        </p>
      ) : null}
    </>
  )
}
