import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { RankingPage } from '../../../design-docs/console.ts'
import type { RankingRow } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { type Loaded, useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { useGlow } from './use-glow.ts'
import { WhyDialog } from './why-dialog.tsx'

/** The live ranking of a class; every number opens what it is made of. */
export function RankingsPage({ classId }: { classId?: string }) {
  const t = words.value.rankings
  const { desk, live, who, overview } = useDesk()
  const event = overview.value?.event
  const chosen = classId ?? event?.classes[0]?.id ?? null
  const loaded = useLoaded<RankingPage>(chosen && `/api/events/${who.event}/rankings/${chosen}`, {
    desk,
    live,
    concerns: ({ rankings, plan }) => plan || (chosen !== null && rankings.includes(chosen)),
  })
  const className = event?.classes.find(({ id }) => id === chosen)?.name
  return (
    <Page title={t.title}>
      <nav class="tabs" aria-label={t.classes}>
        {event?.classes.map(({ id, name }) => (
          <a key={id} href={`/admin/rankings/${id}`} aria-current={id === chosen ? 'page' : undefined}>
            {said(name)}
          </a>
        ))}
      </nav>
      <Notes loaded={loaded} />
      <Shown loaded={loaded}>
        {({ ranking }) =>
          ranking && ranking.rows.length > 0 ? (
            <Table rows={ranking.rows} caption={t.caption(className ? said(className) : '')} key={chosen} />
          ) : (
            <State icon="chart" title={t.empty} text={t.emptyText} />
          )
        }
      </Shown>
    </Page>
  )
}

function Notes({ loaded }: { loaded: Loaded<RankingPage> }) {
  const t = words.value.rankings
  const event = useDesk().overview.value?.event
  const frozenAt = loaded.value?.frozenAt
  if (event?.phase === 'published') return <p class="notice">{t.published}</p>
  return frozenAt ? <p class="notice">{t.frozen(dayAndTime(frozenAt, event?.timeZone))}</p> : null
}

const atFirst = 200

function Table({ rows, caption }: { rows: readonly RankingRow[]; caption: string }) {
  const t = words.value
  const { query } = useLocation()
  const [wanted, setWanted] = useState(query.team ?? '')
  const [why, setWhy] = useState<string | null>(null)
  const [limit, setLimit] = useState(atFirst)
  const shown = useMemo(() => {
    const text = wanted.normalize('NFKC').trim().toLowerCase()
    return text === '' ? rows : rows.filter(({ team, name }) => `${team} ${name}`.toLowerCase().includes(text))
  }, [rows, wanted])
  useEffect(() => setLimit(atFirst), [wanted])
  return (
    <>
      <input
        class="find"
        type="search"
        aria-label={t.rankings.oneTeam}
        placeholder={t.rankings.oneTeam}
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <TableScroll label={caption}>
        <table class="table ranking">
          <caption class="hidden-text">{caption}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                {t.rankings.place}
              </th>
              <th scope="col">{t.rankings.team}</th>
              <th scope="col" class="number">
                {t.rankings.net}
              </th>
              <th scope="col" class="number">
                {t.rankings.confirmed}
              </th>
              <th scope="col" class="number">
                {t.rankings.provisional}
              </th>
              <th scope="col" class="number">
                {t.rankings.pending}
              </th>
              <th scope="col" class="number">
                {t.rankings.penalty}
              </th>
              <th scope="col" class="number">
                {t.rankings.adjustment}
              </th>
              <th scope="col" class="number">
                {t.rankings.checkins}
              </th>
              <th scope="col" class="number" title={t.rankings.shareText}>
                {t.rankings.share}
              </th>
              <th scope="col" class="number">
                {t.rankings.goal}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, limit).map((row) => (
              <Row key={row.team} row={row} onWhy={() => setWhy(row.team)} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {shown.length === 0 ? <State icon="search" title={t.teams.none} text={t.teams.noneText} /> : null}
      {shown.length > limit ? (
        <Button wide onClick={() => setLimit(limit + 500)}>
          {t.more(count(shown.length - limit))}
        </Button>
      ) : null}
      {why === null ? null : <WhyDialog team={why} onClose={() => setWhy(null)} />}
    </>
  )
}

function Row({ row, onWhy }: { row: RankingRow; onWhy: () => void }) {
  const t = words.value
  const zone = useDesk().overview.value?.event.timeZone
  const glow = useGlow(`${row.place} ${row.net} ${row.pending} ${row.confirmed}`)
  const number = (value: number, strong = false) => (
    <td class="number">
      <button type="button" class={`why${strong ? ' strong' : ''}`} onClick={onWhy}>
        {count(value)}
      </button>
    </td>
  )
  return (
    <tr class={`${glow}${row.notPlaced ? ' not-placed' : ''}`}>
      <td class="number place">{row.place ?? t.none}</td>
      <th scope="row" class="team">
        <a href={`/admin/teams/${row.team}`}>
          <b class="digits">{row.team}</b> {row.name}
        </a>
        {row.notPlaced ? <span class="soft"> {t.notPlaced[row.notPlaced]}</span> : null}
      </th>
      {number(row.net, true)}
      {number(row.confirmed)}
      {number(row.provisional)}
      {number(row.pending)}
      {number(-row.penalty || 0)}
      {number(row.adjustment)}
      {number(row.checkins)}
      <td class="number">{share(row)}</td>
      <td class="number">{row.goalAt === null ? t.none : timeWithSeconds(row.goalAt, zone)}</td>
    </tr>
  )
}

/** Confirmed among all check-ins in percent; a dash where there are none, since none of nothing is no share. */
const share = ({ checkins, confirmedCheckins }: RankingRow) =>
  checkins === 0 ? words.value.none : `${Math.floor((confirmedCheckins / checkins) * 100)}%`
