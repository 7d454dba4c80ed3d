import type { DoubleRow } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { duration, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { distanceText, shortNumber } from '../review/reason-text.ts'
import { StatusPill } from '../status-pill.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { DisputeTabs } from './dispute-tabs.tsx'
import { words } from './dispute-words.ts'
import { useSaveTable } from './use-save-table.ts'

type Doubles = { maxSpeedKmh: number; rows: DoubleRow[] }

/** Pairs of records that one team cannot have made, with time, place and device of each. */
export function DoublesPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const save = useSaveTable()
  const loaded = useLoaded<Doubles>(`/api/events/${who.event}/double-scans`, {
    desk,
    live,
    concerns: ({ items, plan }) => plan || items.length > 0,
  })
  return (
    <Page
      title={t.doubles.title}
      beside={<Button onClick={() => void save('double-scans.csv', 'double-scans')}>{t.csv}</Button>}
    >
      <DisputeTabs current="doubles" />
      <Shown loaded={loaded}>
        {({ rows, maxSpeedKmh }) =>
          rows.length === 0 ? (
            <State icon="check" title={t.doubles.none} text={t.doubles.noneText} />
          ) : (
            <>
              <p class="soft">{t.doubles.lead(shortNumber(maxSpeedKmh))}</p>
              <Table rows={rows} />
            </>
          )
        }
      </Shown>
    </Page>
  )
}

function Table({ rows }: { rows: readonly DoubleRow[] }) {
  const t = words.value.doubles
  return (
    <TableScroll label={t.title}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{common.value.team}</th>
            <th scope="col">{t.first}</th>
            <th scope="col">{t.second}</th>
            <th scope="col">{t.figures}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.second.checkin}>
              <th scope="row">
                <a href={`/admin/teams/${row.team}`}>
                  <b class="digits">{row.team}</b> {row.teamName}
                </a>{' '}
                <Pill tone={row.kind === 'at-once' ? 'no' : 'warn'}>{t.kinds[row.kind]}</Pill>
              </th>
              <Record record={row.first} />
              <Record record={row.second} />
              <td>
                {row.apartMs === 0 ? t.noTime : t.apart(duration(row.apartMs), distanceText(row.meters))}
                {row.speedKmh === null ? null : <div>{t.speed(shortNumber(row.speedKmh))}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Record({ record }: { record: DoubleRow['first'] }) {
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  return (
    <td>
      <div>
        <b class="digits">{timeWithSeconds(record.at, zone)}</b>{' '}
        {common.value.cp(record.checkpoint, record.name ? said(record.name) : '')}
      </div>
      <div class="soft">
        {common.value.roles[record.as]} {nameOf(record.by)}・{words.value.doubles.device} {record.device}
      </div>
      <StatusPill status={record.status} />
    </td>
  )
}
