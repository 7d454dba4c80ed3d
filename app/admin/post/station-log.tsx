import { useEffect } from 'preact/hooks'
import type { StationLogPage } from '../../../design-docs/stations.ts'
import { count, timeWithSeconds } from '../../i18n/format.ts'
import { Pill } from '../../ui/pill.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { postWords } from './post-words.ts'

const tones = {
  sent: 'ok',
  again: 'wait',
  refused: 'no',
  lost: 'warn',
  'not-reached': 'warn',
  'locked-out': 'no',
  dropped: 'quiet',
} as const

/** What each station did, newest first. */
export function StationLog() {
  const t = postWords.value
  const { desk, live, who, overview } = useDesk()
  const path = `/api/events/${who.event}/post-log`
  const loaded = useLoaded<StationLogPage>(path, { desk, live, concerns: () => false })
  const zone = overview.value?.event.timeZone
  useEffect(() => {
    const timer = setInterval(loaded.reload, 5000)
    return () => clearInterval(timer)
  }, [path])
  return (
    <section class="stack">
      <h2>{t.log}</h2>
      <Shown loaded={loaded}>
        {({ lines }) =>
          lines.length === 0 ? (
            <p class="soft">{t.logEmpty}</p>
          ) : (
            <TableScroll label={t.log}>
              <table class="table sheet">
                <thead>
                  <tr>
                    <th scope="col">{t.when}</th>
                    <th scope="col">{t.station}</th>
                    <th scope="col">{t.who}</th>
                    <th scope="col">{t.what}</th>
                    <th scope="col">{t.elapsed}</th>
                    <th scope="col">{t.result}</th>
                  </tr>
                </thead>
                <tbody>
                  {lines.slice(0, 100).map((line, index) => (
                    <tr key={`${line.at} ${line.requester} ${index}`}>
                      <td class="digits">{timeWithSeconds(line.at, zone)}</td>
                      <td>{line.station === null ? t.mailbox : line.stationName}</td>
                      <td>{line.who}</td>
                      <td>{t.kinds[line.function as keyof typeof t.kinds] ?? line.function}</td>
                      <td class="number">{t.ms(count(line.elapsedMs))}</td>
                      <td>
                        <Pill tone={tones[line.result]}>{t.results[line.result]}</Pill>
                        {line.error ? <div class="problem-text">{line.error}</div> : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableScroll>
          )
        }
      </Shown>
    </section>
  )
}
