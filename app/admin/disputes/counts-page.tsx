import type { ComponentChildren } from 'preact'
import type { ReviewCounts } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { DisputeTabs } from './dispute-tabs.tsx'
import { words } from './dispute-words.ts'

/** What waits where, and who decided how much. */
export function CountsPage() {
  const t = words.value.counts
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<ReviewCounts>(`/api/events/${who.event}/review-counts`, {
    desk,
    live,
    concerns: ({ items }) => items.length > 0,
    gatherMs: 1000,
  })
  return (
    <Page title={t.title}>
      <DisputeTabs current="counts" />
      <Shown loaded={loaded}>
        {({ checkpoints, judges }) =>
          checkpoints.length === 0 ? (
            <State icon="check" title={t.none} />
          ) : (
            <div class="stack">
              <h2>{t.byCheckpoint}</h2>
              <Checkpoints rows={checkpoints} />
              <h2>{t.byJudge}</h2>
              {judges.length === 0 ? <p class="soft">{t.noJudges}</p> : <Judges rows={judges} />}
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

function Checkpoints({ rows }: { rows: ReviewCounts['checkpoints'] }) {
  const t = words.value.counts
  const zone = useDesk().overview.value?.event.timeZone
  return (
    <Table label={t.byCheckpoint} headings={[t.checkpoint, t.unjudged, t.provisional, t.decided, t.oldest]}>
      {rows.map(({ checkpoint, name, unjudged, provisional, decided, oldestUnjudgedAt }) => (
        <tr key={checkpoint}>
          <th scope="row">
            <a href={`/admin/review?filter=PENDING&checkpoint=${checkpoint}`}>
              {common.value.cp(checkpoint, name ? said(name) : common.value.unknownCheckpoint)}
            </a>
          </th>
          <td class="number">{count(unjudged)}</td>
          <td class="number">{count(provisional)}</td>
          <td class="number">{count(decided)}</td>
          <td class="number">{oldestUnjudgedAt === null ? common.value.none : dayAndTime(oldestUnjudgedAt, zone)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Judges({ rows }: { rows: ReviewCounts['judges'] }) {
  const t = words.value.counts
  const { overview, nameOf } = useDesk()
  return (
    <Table label={t.byJudge} headings={[t.judge, t.decided, t.holds, t.last]}>
      {rows.map(({ account, decided, lastAt, holds }) => (
        <tr key={account}>
          <th scope="row">{nameOf(account)}</th>
          <td class="number">{count(decided)}</td>
          <td class="number">{count(holds)}</td>
          <td class="number">
            {lastAt === null ? common.value.none : dayAndTime(lastAt, overview.value?.event.timeZone)}
          </td>
        </tr>
      ))}
    </Table>
  )
}

type TableProps = { label: string; headings: readonly string[]; children: ComponentChildren }

/** All but the first column are figures. */
function Table({ label, headings, children }: TableProps) {
  return (
    <TableScroll label={label}>
      <table class="table">
        <thead>
          <tr>
            {headings.map((heading, n) => (
              <th key={heading} scope="col" class={n === 0 ? undefined : 'number'}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </TableScroll>
  )
}
