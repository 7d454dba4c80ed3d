import type { ThreadRow } from '../../../design-docs/console.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './chat-words.ts'
import { findThreads, type ThreadFilter, threadFilters } from './find-threads.ts'
import { useSaidWords } from './use-said-words.ts'

export type Found = { filter: ThreadFilter; words: string }
type Props = {
  threads: readonly ThreadRow[]
  team: string | undefined
  found: Found
  onFind: (found: Found) => void
}

/** The threads that are looked for, those first to which an answer is owed. */
export function ThreadChoice({ threads, team, found, onFind }: Props) {
  const t = words.value
  const { who } = useDesk()
  const said = useSaidWords(found.words)
  const shown = findThreads(threads, { ...found, account: who.account, said })
  return (
    <>
      <fieldset class="choices">
        <legend class="hidden-text">{t.filterLabel}</legend>
        {threadFilters.map((filter) => (
          <button
            key={filter}
            type="button"
            class="button"
            aria-pressed={found.filter === filter}
            onClick={() => onFind({ ...found, filter })}
          >
            {t.filters[filter]}
          </button>
        ))}
      </fieldset>
      <input
        type="search"
        class="find"
        maxLength={200}
        aria-label={t.find}
        placeholder={t.find}
        value={found.words}
        onInput={({ currentTarget }) => onFind({ ...found, words: currentTarget.value })}
      />
      {threads.length === 0 ? <State icon="chat" title={t.empty} text={t.emptyText} /> : null}
      {threads.length > 0 && shown.length === 0 ? <p class="soft">{t.noneFound}</p> : null}
      <ul class="threads">
        {shown.map((row) => (
          <Row key={row.team} row={row} current={row.team === team} />
        ))}
      </ul>
    </>
  )
}

function Row({ row, current }: { row: ThreadRow; current: boolean }) {
  const t = words.value
  const { overview, nameOf, who } = useDesk()
  const zone = overview.value?.event.timeZone
  const { team, teamName, last, unread, unansweredSince, assignee, state } = row
  const name = assignee === who.account ? t.you : assignee === null ? '' : nameOf(assignee)
  return (
    <li>
      <a href={`/admin/chat/${team}`} aria-current={current ? 'page' : undefined}>
        <span class="row">
          <b class="digits">{team}</b>
          <b class="grow cut">{teamName}</b>
          {last ? <span class="soft digits">{dayAndTime(last.at, zone)}</span> : null}
        </span>
        <span class="cut soft" dir="auto">
          {last?.text}
        </span>
        <span class="row wrap">
          {unread > 0 ? <Pill tone="wait">{t.unread(count(unread))}</Pill> : null}
          {unansweredSince === null ? null : <Pill tone="warn">{t.owed(dayAndTime(unansweredSince, zone))}</Pill>}
          {state === 'done' ? <Pill tone="ok">{t.done}</Pill> : null}
          {assignee === null ? null : <span class="soft">{t.assigned(name)}</span>}
        </span>
      </a>
    </li>
  )
}
