import { useMemo, useState } from 'preact/hooks'
import type { TeamRow } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
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

/** Width, case and the two kana do not matter to who searches. */
const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))

const atFirst = 200

function Teams({ teams }: { teams: readonly TeamRow[] }) {
  const t = words.value
  const [wanted, setWanted] = useState('')
  const [limit, setLimit] = useState(atFirst)
  const shown = useMemo(() => {
    const text = folded(wanted.trim())
    return text === ''
      ? teams
      : teams.filter((row) => folded(`${row.team} ${row.name} ${row.kana ?? ''}`).includes(text))
  }, [teams, wanted])
  return (
    <>
      <input
        class="find"
        type="search"
        aria-label={t.teams.search}
        placeholder={t.teams.search}
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <ul class="list numbered sheet flush">
        {shown.slice(0, limit).map((row) => (
          <Row key={row.team} row={row} />
        ))}
      </ul>
      {shown.length === 0 ? <State icon="search" title={t.teams.none} text={t.teams.noneText} /> : null}
      {shown.length > limit ? (
        <Button wide onClick={() => setLimit(limit + 500)}>
          {t.more(count(shown.length - limit))}
        </Button>
      ) : null}
    </>
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
        <div class="soft">{names.join('・')}</div>
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
