import type { ComponentChildren } from 'preact'
import type { Overview, TeamState } from '../../design-docs/console.ts'
import type { VerdictStatus } from '../../design-docs/derived.ts'
import { words } from '../i18n/admin-words.ts'
import { said } from '../i18n/dictionary.ts'
import { count, timeOf } from '../i18n/format.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { State } from '../ui/state.tsx'
import { useDesk } from './desk/context.ts'
import { Page } from './page.tsx'
import { TableScroll } from './table-scroll.tsx'

const RetentionNotice = lazyPart(
  () => import('./forgetting/retention-notice.tsx').then((file) => file.RetentionNotice),
  () => null,
)

/** Where the event stands: who is out there, what waits for a person, what needs a look. */
export function OverviewPage() {
  const { overview } = useDesk()
  return (
    <Page title={words.value.overview.title}>
      <RetentionNotice />
      {overview.value ? <Standing now={overview.value} /> : null}
    </Page>
  )
}

function Standing({ now }: { now: Overview }) {
  const t = words.value.overview
  if (now.teams.total === 0 && now.checkins.byCheckpoint.length === 0)
    return (
      <State icon="people" title={t.noTeams} text={t.noTeamsText}>
        <a class="button main" href="/admin/setup/imports">
          {t.importTeams}
        </a>
      </State>
    )
  return (
    <div class="stack">
      <Figures now={now} />
      {now.teams.help.length > 0 ? <Help now={now} /> : null}
      <div class="columns">
        <Overdue now={now} />
        <Checkins now={now} />
      </div>
      <ByCheckpoint now={now} />
    </div>
  )
}

function Figures({ now }: { now: Overview }) {
  const t = words.value.overview
  const { total, byState } = now.teams
  const of = (state: TeamState) => byState[state] ?? 0
  return (
    <dl class="figures">
      <Figure name={t.entered} value={total} href="/admin/teams" />
      <Figure name={t.notArrived} value={of('entered')} />
      <Figure name={t.arrived} value={of('arrived')} />
      <Figure name={t.onCourse} value={of('on-course')} strong />
      <Figure name={t.finished} value={of('finished')} />
      <Figure name={t.retired} value={of('retired') + of('out')} />
      <Figure name={t.photosAwaited} value={now.photosAwaited} />
      <Figure name={t.problems} value={now.problems} href="/admin/problems" />
    </dl>
  )
}

type FigureProps = { name: string; value: number; href?: string; strong?: boolean }

function Figure({ name, value, href, strong = false }: FigureProps) {
  return (
    <div class={`figure-box${strong ? ' strong' : ''}`}>
      <dt>{href ? <a href={href}>{name}</a> : name}</dt>
      <dd class="figure">{count(value)}</dd>
    </div>
  )
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="sheet stack">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Help({ now }: { now: Overview }) {
  return (
    <section class="notice no stack" role="alert">
      <h2>{words.value.overview.help}</h2>
      <ul class="list">
        {now.teams.help.map(({ team, name, at, text }) => (
          <li key={team}>
            <a href={`/admin/teams/${team}`}>
              <b class="digits">{team}</b> {name}
            </a>
            <span>
              {timeOf(at, now.event.timeZone)} {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Overdue({ now }: { now: Overview }) {
  const t = words.value.overview
  const { overdue } = now.teams
  return (
    <Section title={t.overdue}>
      <a href="/admin/out">{words.value.nav.out}</a>
      {overdue.length === 0 ? <p class="soft">{t.overdueNone}</p> : null}
      <ul class="list">
        {overdue.slice(0, 30).map(({ team, name, overdueMinutes, lastSeen }) => (
          <li key={team}>
            <a class="cover" href={`/admin/teams/${team}`}>
              <b class="digits">{team}</b> {name}
              <div class="soft">
                {lastSeen
                  ? t.lastSeen(timeOf(lastSeen.at, now.event.timeZone), placeName(now, lastSeen.checkpoint))
                  : t.neverSeen}
              </div>
            </a>
            <b class="warn-text">{t.overdueBy(count(overdueMinutes))}</b>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function placeName(now: Overview, checkpoint: string): string {
  const t = words.value
  if (checkpoint === 'reception') return t.overview.reception
  const known = now.checkins.byCheckpoint.find((row) => row.checkpoint === checkpoint)
  return t.cp(checkpoint, known ? said(known.name) : '')
}

const statuses: readonly VerdictStatus[] = ['APPROVED', 'AUTO_APPROVED', 'PENDING', 'REJECTED']
/** A colour for each status, the same on every screen. */
const statusTone = { APPROVED: 'ok', AUTO_APPROVED: 'auto', PENDING: 'wait', REJECTED: 'no' } as const

function Checkins({ now }: { now: Overview }) {
  const t = words.value
  const { byStatus } = now.checkins
  return (
    <Section title={t.overview.checkins}>
      <Bar byStatus={byStatus} />
      <ul class="list">
        {statuses.map((status) => (
          <li key={status}>
            <span class="row">
              <span class={`swatch ${statusTone[status]}`} />
              {status === 'PENDING' || status === 'AUTO_APPROVED' ? (
                <a href={`/admin/review?filter=${status}`}>{t.statuses[status]}</a>
              ) : (
                t.statuses[status]
              )}
            </span>
            <b class="digits">{count(byStatus[status] ?? 0)}</b>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type Counts = Partial<Record<VerdictStatus, number>>

/** Shares of the states as one bar; the numbers beside it say the same. */
function Bar({ byStatus }: { byStatus: Counts }) {
  return (
    <div class="bar" aria-hidden="true">
      {statuses.map((status) => (
        <span key={status} class={statusTone[status]} style={{ flexGrow: byStatus[status] ?? 0 }} />
      ))}
    </div>
  )
}

function ByCheckpoint({ now }: { now: Overview }) {
  const t = words.value
  const { byCheckpoint } = now.checkins
  if (byCheckpoint.length === 0)
    return (
      <State icon="place" title={t.overview.noCheckpoints} text={t.overview.noCheckpointsText}>
        <a class="button" href="/admin/setup/checkpoints">
          {t.overview.toSetup}
        </a>
      </State>
    )
  return (
    <Section title={t.overview.byCheckpoint}>
      <TableScroll label={t.overview.byCheckpoint}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t.checkpoint}</th>
              {statuses.map((status) => (
                <th key={status} scope="col" class="number">
                  {t.statuses[status]}
                </th>
              ))}
              <td class="wide" />
            </tr>
          </thead>
          <tbody>
            {byCheckpoint.map(({ checkpoint, name, byStatus }) => (
              <tr key={checkpoint}>
                <th scope="row">
                  <b class="digits">{checkpoint}</b> {said(name)}
                </th>
                {statuses.map((status) => (
                  <td key={status} class="number">
                    {count(byStatus[status] ?? 0)}
                  </td>
                ))}
                <td class="wide">
                  <Bar byStatus={byStatus} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Section>
  )
}
