import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { RankingRow } from '../../../design-docs/derived.ts'
import { overallId } from '../../../design-docs/ids.ts'
import type { PublicationPage, RankingPage } from '../../../design-docs/rankings.ts'
import { rankingsOf } from '../../../functions/rules/publication.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { exportsPath } from '../exports/exports-path.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { PublicationPart } from '../rankings/publication-part.tsx'
import { words as rankingWords } from '../rankings/ranking-words.ts'
import { ruleWords } from '../rankings/rule-words.ts'
import { RulesSheet } from '../rankings/rules-sheet.tsx'
import { SnapshotsPart } from '../rankings/snapshots-part.tsx'
import { type Publication, usePublication } from '../rankings/use-publication.ts'
import { useRankingName } from '../rankings/use-ranking-name.ts'
import { TableScroll } from '../table-scroll.tsx'
import { Found } from './found.tsx'
import { confirmedShare } from './standing.tsx'
import { useGlow } from './use-glow.ts'
import { WhyDialog } from './why-dialog.tsx'

/** The live ranking of a class or of all together; what of it is public; every number opens what it is made of. */
export function RankingsPage({ classId }: { classId?: string }) {
  const t = words.value.rankings
  const publication = usePublication()
  const name = useRankingName()
  const { desk, live, who, overview } = useDesk()
  const event = overview.value?.event
  const chosen = classId ?? event?.classes[0]?.id ?? null
  const loaded = useLoaded<RankingPage>(chosen && `/api/events/${who.event}/rankings/${chosen}`, {
    desk,
    live,
    concerns: ({ rankings, plan }) =>
      plan || (chosen === overallId ? rankings.length > 0 : rankings.includes(chosen ?? '')),
  })
  const ids = event ? rankingsOf(event) : []
  return (
    <Page title={t.title}>
      <nav class="tabs" aria-label={t.classes}>
        {ids.map((id) => (
          <a key={id} href={`/admin/rankings/${id}`} aria-current={id === chosen ? 'page' : undefined}>
            {name(id)}
          </a>
        ))}
      </nav>
      <Shown loaded={publication.loaded}>
        {(page) => (chosen ? <PublicationPart page={page} publication={publication} classId={chosen} /> : null)}
      </Shown>
      {event?.protestUntil === undefined ? null : (
        <p class="notice">{t.protests(dayAndTime(event.protestUntil, event.timeZone))}</p>
      )}
      <Shown loaded={loaded}>
        {({ ranking }) =>
          ranking && ranking.rows.length > 0 ? (
            <Table rows={ranking.rows} caption={t.caption(chosen ? name(chosen) : '')} key={chosen} />
          ) : (
            <State icon="chart" title={t.empty} text={t.emptyText} />
          )
        }
      </Shown>
      {publication.loaded.value && chosen ? (
        <More page={publication.loaded.value} publication={publication} classId={chosen} />
      ) : null}
    </Page>
  )
}

type MoreProps = { page: PublicationPage; publication: Publication; classId: string }

/** What is looked at now and then: snapshots and the rules in words, each read when it is opened; and all of it as files. */
function More({ page, publication, classId }: MoreProps) {
  const [open, setOpen] = useState<'snapshots' | 'rules' | null>(null)
  const choose = (part: 'snapshots' | 'rules') => setOpen(open === part ? null : part)
  return (
    <div class="stack">
      <div class="row wrap">
        <Button aria-expanded={open === 'snapshots'} onClick={() => choose('snapshots')}>
          {rankingWords.value.snapshots}
        </Button>
        <Button aria-expanded={open === 'rules'} onClick={() => choose('rules')}>
          {ruleWords.value.title}
        </Button>
        <a class="button" href={exportsPath('results', { class: classId })}>
          {words.value.nav.exports}
        </a>
      </div>
      {open === 'snapshots' ? <SnapshotsPart page={page} publication={publication} /> : null}
      {open === 'rules' ? <RulesSheet /> : null}
      <p class="soft">{rankingWords.value.displayText}</p>
    </div>
  )
}

/** In the order of the table; all but the team are figures. */
const columns = [
  'place',
  'team',
  'net',
  'confirmed',
  'provisional',
  'pending',
  'penalty',
  'adjustment',
  'checkins',
  'confirmedCheckins',
  'share',
  'goal',
] as const

function Table({ rows, caption }: { rows: readonly RankingRow[]; caption: string }) {
  const t = words.value.rankings
  const { query } = useLocation()
  const [why, setWhy] = useState<string | null>(null)
  return (
    <>
      <Found label={t.oneTeam} rows={rows} textOf={({ team, name }) => `${team} ${name}`} start={query.team}>
        {(shown) => (
          <TableScroll label={caption}>
            <table class="table ranking">
              <caption class="hidden-text">{caption}</caption>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th
                      key={column}
                      scope="col"
                      class={column === 'team' ? undefined : 'number'}
                      title={column === 'share' ? t.shareText : undefined}
                    >
                      {t[column]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <Row key={row.team} row={row} onWhy={() => setWhy(row.team)} />
                ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </Found>
      {why === null ? null : <WhyDialog team={why} rows={rows} onClose={() => setWhy(null)} />}
    </>
  )
}

function Row({ row, onWhy }: { row: RankingRow; onWhy: () => void }) {
  const t = words.value
  const zone = useDesk().overview.value?.event.timeZone
  const glow = useGlow(`${row.place} ${row.net} ${row.pending} ${row.confirmed}`)
  const reasoned = (text: string, strong = false) => (
    <td class="number">
      <button type="button" class={`why${strong ? ' strong' : ''}`} onClick={onWhy}>
        {text}
      </button>
    </td>
  )
  const number = (value: number, strong = false) => reasoned(count(value), strong)
  return (
    <tr class={`${glow}${row.notPlaced ? ' not-placed' : ''}`}>
      {reasoned(row.place === null ? t.none : count(row.place), true)}
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
      {number(row.confirmedCheckins)}
      {reasoned(confirmedShare(row))}
      {reasoned(row.goalAt === null ? t.none : timeWithSeconds(row.goalAt, zone))}
    </tr>
  )
}
