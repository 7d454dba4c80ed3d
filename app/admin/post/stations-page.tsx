import { useEffect, useState } from 'preact/hooks'
import type { StationRow, StationsPage as Stations } from '../../../design-docs/stations.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { PostForecast } from './post-forecast.tsx'
import { PostSettings } from './post-settings.tsx'
import { postWords } from './post-words.ts'
import { StationDialog } from './station-dialog.tsx'
import { StationLog } from './station-log.tsx'

/** The sending accounts: what they used, how they are shared, and what they did. */
export function StationsPage() {
  const t = postWords.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/stations`
  const loaded = useLoaded<Stations>(path, { desk, live, concerns: () => false })
  const [opened, setOpened] = useState<StationRow | 'new' | null>(null)
  useEffect(() => {
    // Mails go out without a word in the feed.
    const timer = setInterval(loaded.reload, 5000)
    return () => clearInterval(timer)
  }, [path])
  return (
    <Page title={t.stations} beside={<Button onClick={() => setOpened('new')}>{t.add}</Button>}>
      <p class="soft">{t.stationsLead}</p>
      <Shown loaded={loaded}>
        {(page) => (
          <div class="stack">
            <PostForecast page={page} />
            {page.stations.length === 0 ? (
              <State icon="link" title={t.none} text={t.noneText} />
            ) : (
              <Table stations={page.stations} onOpen={setOpened} />
            )}
            <PostSettings settings={page.settings} onSaved={loaded.reload} />
          </div>
        )}
      </Shown>
      <StationLog />
      {opened ? (
        <StationDialog
          station={opened === 'new' ? null : opened}
          onClose={() => setOpened(null)}
          onChanged={loaded.reload}
        />
      ) : null}
    </Page>
  )
}

const tones = { active: 'ok', standby: 'quiet', retired: 'warn', paused: 'quiet' } as const

function Table({ stations, onOpen }: { stations: readonly StationRow[]; onOpen: (station: StationRow) => void }) {
  const t = postWords.value
  return (
    <TableScroll label={t.stations}>
      <table class="table sheet">
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.mails}</th>
            <th scope="col">{t.time}</th>
            <th scope="col">{t.endpoint}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {stations.map((station) => (
            <tr key={station.id}>
              <th scope="row">
                {station.name}
                {station.user === station.name ? null : <div class="soft">{station.user}</div>}
              </th>
              <td>
                <StateOf station={station} />
              </td>
              <td>{t.of(count(station.mailsUsed), count(station.mailsPerDay))}</td>
              <td>{t.of(minutesOf(station.usedMs), t.minutes(count(station.minutesPerDay)))}</td>
              <td class="digits">
                {station.host}:{station.port}
              </td>
              <td>
                <Button onClick={() => onOpen(station)}>{t.change}</Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

/** Whole minutes, begun ones counted. */
const minutesOf = (ms: number) => count(Math.ceil(ms / 60_000))

function StateOf({ station: { state, paused, reason, nextTryAt } }: { station: StationRow }) {
  const t = postWords.value
  const zone = useDesk().overview.value?.event.timeZone
  const is = paused ? 'paused' : state
  return (
    <>
      <Pill tone={tones[is]}>{t.states[is]}</Pill>
      {is === 'retired' && reason ? <div class="problem-text">{reason}</div> : null}
      {is === 'retired' && nextTryAt !== null ? <div class="soft">{t.nextTry(dayAndTime(nextTryAt, zone))}</div> : null}
    </>
  )
}
