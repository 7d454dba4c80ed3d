import { useState } from 'preact/hooks'
import type { Fact } from '../../design-docs/facts.ts'
import { timeWithSeconds } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import type { FactState } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Pill } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { ownFacts } from './own-facts.ts'
import { usePhone } from './phone.ts'
import { Screen } from './screen.tsx'
import { checkpointName } from './station.ts'
import { UndoDialog } from './undo-dialog.tsx'

const filters = ['all', 'unsent', 'refused'] as const
const perPage = 50

/** What this phone recorded, newest first, with its state; whatever may be taken back can be taken back here. */
export function RecordsScreen() {
  const phone = usePhone()
  const { store } = phone
  const t = words.value.records
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  const [pages, setPages] = useState(1)
  const [undoing, setUndoing] = useState<Fact | null>(null)
  const { newestFirst, voided } = ownFacts(store.outbox.facts.value)
  const states = store.outbox.states.value
  const stateOf = (fact: Fact) => shownState(states.get(fact._id))
  const wanted = newestFirst.filter((fact) => filter === 'all' || stateOf(fact) === filter)
  const shown = wanted.slice(0, pages * perPage)
  const filterName = { all: t.all, unsent: t.states.unsent, refused: t.states.refused }
  return (
    <Screen title={t.title}>
      {newestFirst.length === 0 ? (
        <State icon="records" title={t.empty} text={t.emptyText} />
      ) : (
        <>
          <Field label={t.filter}>
            {(ids) => (
              <select
                {...ids}
                value={filter}
                onChange={(event) => setFilter(filters.find((one) => one === event.currentTarget.value) ?? 'all')}
              >
                {filters.map((one) => (
                  <option key={one} value={one}>
                    {filterName[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <p class="soft">{t.shown(shown.length, newestFirst.length)}</p>
          <ul class="sheet flush list">
            {shown.map((fact) => (
              <Row
                key={fact._id}
                fact={fact}
                state={stateOf(fact)}
                undone={voided.has(fact._id)}
                onUndo={() => setUndoing(fact)}
              />
            ))}
          </ul>
          {shown.length < wanted.length ? (
            <Button wide onClick={() => setPages(pages + 1)}>
              {t.more}
            </Button>
          ) : null}
        </>
      )}
      {undoing ? <UndoDialog fact={undoing} onClose={() => setUndoing(null)} /> : null}
    </Screen>
  )
}

type ShownState = 'unsent' | 'sent' | 'refused'
const shownState = (state: FactState | undefined): ShownState => {
  if (state?.state === 'refused') return 'refused'
  return state === undefined || state.state === 'unsent' ? 'unsent' : 'sent'
}
const tones = { unsent: 'warn', sent: 'ok', refused: 'no' } as const

function Row({ fact, state, undone, onUndo }: { fact: Fact; state: ShownState; undone: boolean; onUndo: () => void }) {
  const { timeZone, card } = usePhone()
  const t = words.value.records
  const team = fact.team
  return (
    <li class={undone ? 'undone' : ''}>
      <div>
        <p>
          <span class="digits">{timeWithSeconds(fact.at, timeZone.value)}</span>{' '}
          <b>{undone ? `${t.kinds[fact.type]} (${t.undone})` : t.kinds[fact.type]}</b>
        </p>
        <p>
          {team ? (
            <a href={`/staff/team/${team}`}>
              <span class="digits">{team}</span> {card(team)?.name}
            </a>
          ) : (
            <span class="soft">{t.noTeam}</span>
          )}
        </p>
        <Detail fact={fact} />
      </div>
      <div class="end">
        <Pill tone={tones[state]}>{t.states[state]}</Pill>
        {undone || fact.type === 'void' || fact.type === 'scan' ? null : (
          <Button kind="bare" onClick={onUndo}>
            {t.undo}
            <span class="hidden-text">
              {t.kinds[fact.type]} {team} {timeWithSeconds(fact.at, timeZone.value)}
            </span>
          </Button>
        )}
      </div>
    </li>
  )
}

/** What the record says beside its kind and team. */
function Detail({ fact }: { fact: Fact }) {
  const { checkpoints } = usePhone()
  const text = (() => {
    if (fact.type === 'checkin') return checkpointName(fact.checkpoint, checkpoints.value)
    if (fact.type === 'scan')
      return [words.value.records.scanReasons[fact.reason], fact.team ? '' : fact.text].filter(Boolean).join(' ')
    if (fact.type === 'void' || fact.type === 'retire') return fact.reason
    return fact.type === 'reception' ? fact.note : undefined
  })()
  return text ? <p class="soft clip">{text}</p> : null
}
