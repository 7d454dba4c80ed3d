import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Pill } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { classNames } from './class-names.ts'
import { usePhone } from './phone.ts'
import { ScanFirst } from './scan-first.tsx'
import { Screen } from './screen.tsx'
import { teamNames } from './team-names.ts'

/** What was typed stays while the person looks at a team and comes back. */
const query = signal('')
const most = 60

/** Finds a team by its number or by part of any name or reading, as one types. */
export function SearchScreen() {
  const phone = usePhone()
  const { route } = useLocation()
  const field = useRef<HTMLInputElement>(null)
  const t = words.value.search
  const roster = phone.store.mirrors.roster.docs.value
  const hits = query.value.trim() ? teamNames(roster).search(query.value, most) : []
  useEffect(() => field.current?.focus(), [])
  if (!phone.searches.value)
    return (
      <Screen title={t.title}>
        <ScanFirst />
      </Screen>
    )
  return (
    <Screen title={t.title}>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (hits[0]) route(`/staff/team/${hits[0]}`)
          }}
        >
          <Field label={t.label} hint={t.hint}>
            {(ids) => (
              <input
                {...ids}
                ref={field}
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck={false}
                value={query.value}
                onInput={(event) => {
                  query.value = event.currentTarget.value
                }}
              />
            )}
          </Field>
        </form>
      </search>
      <p class="soft" role="status">
        {query.value.trim() ? (hits.length === most ? t.many(most) : t.hits(hits.length)) : ''}
      </p>
      {roster.size === 0 ? (
        <State icon="people" title={t.empty} text={t.emptyText} />
      ) : query.value.trim() && hits.length === 0 ? (
        <State icon="search" title={t.none} text={t.noneText}>
          <Button
            onClick={() => {
              query.value = ''
              field.current?.focus()
            }}
          >
            {t.clear}
          </Button>
        </State>
      ) : hits.length > 0 ? (
        <ul class="sheet flush list numbered">
          {hits.map((team) => (
            <Hit key={team} card={phone.card(team)} />
          ))}
        </ul>
      ) : null}
    </Screen>
  )
}

function Hit({ card }: { card: Card | undefined }) {
  const { event } = usePhone()
  const t = words.value
  if (!card) return null
  const members = card.members.map(({ name }) => name).join(t.listSeparator)
  return (
    <li>
      <span class="number">{card.team}</span>
      <a class="cover" href={`/staff/team/${card.team}`}>
        <b>{card.name}</b>
        <span class="soft">{classNames(card, event.value)}</span>
        <span class="soft clip">{members}</span>
      </a>
      <TeamMark card={card} />
    </li>
  )
}

/** The one thing about a team that a search should show: why it is not simply under way. */
function TeamMark({ card }: { card: Card }) {
  const t = words.value
  if (card.help) return <Pill tone="no">{t.team.help}</Pill>
  if (card.status !== 'registered') return <Pill tone="no">{t.team.status[card.status]}</Pill>
  if (card.retired) return <Pill tone="warn">{t.team.retired}</Pill>
  if (card.goalAt !== null) return <Pill tone="ok">{t.team.goal}</Pill>
  return card.reception ? <Pill tone="quiet">{t.verdict.arrived}</Pill> : null
}
