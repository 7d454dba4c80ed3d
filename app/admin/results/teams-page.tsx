import type { TeamRow } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { exportsPath } from '../exports/exports-path.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { Found } from './found.tsx'
import { useGlow } from './use-glow.ts'

/** Every team in a line, found by number, name or kana. */
export function TeamsPage() {
  const t = words.value.teams
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<{ teams: TeamRow[] }>(`/api/events/${who.event}/teams`, {
    desk,
    live,
    concerns: ({ cards, rankings }) => cards.length + rankings.length > 0,
    gatherMs: 500,
  })
  return (
    <Page title={t.title}>
      <Shown loaded={loaded}>
        {({ teams }) =>
          teams.length > 0 ? (
            <Teams teams={teams} />
          ) : (
            <State icon="people" title={t.noTeam} text={t.noTeamText}>
              <a class="button" href="/admin/setup/imports">
                {words.value.overview.importTeams}
              </a>
            </State>
          )
        }
      </Shown>
    </Page>
  )
}

function Teams({ teams }: { teams: readonly TeamRow[] }) {
  const found = ({ team, name, kana }: TeamRow) => `${team} ${name} ${kana ?? ''}`
  return (
    <Found
      label={words.value.teams.search}
      rows={teams}
      textOf={found}
      beside={(wanted) => (
        <a class="button" href={exportsPath('results', { words: wanted })}>
          {words.value.nav.exports}
        </a>
      )}
    >
      {(shown) => (
        <ul class="list numbered sheet flush">
          {shown.map((row) => (
            <Row key={row.team} row={row} />
          ))}
        </ul>
      )}
    </Found>
  )
}

function Row({ row }: { row: TeamRow }) {
  const t = words.value
  const { overview } = useDesk()
  const classes = overview.value?.event.classes ?? []
  const glow = useGlow(`${row.state} ${row.net} ${row.pending}`)
  const names = row.classIds.map((id) => {
    const known = classes.find((one) => one.id === id)
    const place = row.places[id]
    return `${known ? said(known.name) : id}${place ? ` ${place}` : ''}`
  })
  return (
    <li class={glow}>
      <span class="number">{row.team}</span>
      <a class="cover" href={`/admin/teams/${row.team}`}>
        {row.name}
        <div class="soft">{words.value.list(names)}</div>
      </a>
      <span class="row">
        <b class="digits">{t.points(count(row.net))}</b>
        {row.overdue ? (
          <Pill tone="warn">{t.teams.overdue}</Pill>
        ) : (
          <Pill tone={row.state === 'finished' ? 'ok' : 'quiet'}>{t.states[row.state]}</Pill>
        )}
      </span>
    </li>
  )
}
