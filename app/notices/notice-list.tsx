import type { ComponentChildren } from 'preact'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import { dayAndTime } from '../i18n/format.ts'
import { words } from '../i18n/notice-words.ts'
import type { Notices } from '../store/types.ts'
import { Pill } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { MarkdownText } from './markdown-text.tsx'
import './notices.css'

type Props = {
  notices: readonly NoticeDoc[]
  book: Notices
  timeZone: string | undefined
  /** What may be done about one, below its text. */
  actions?: (notice: NoticeDoc) => ComponentChildren
}

/** What this person is told; opening one marks it as read here. */
export function NoticeList({ notices, book, timeZone, actions }: Props) {
  const t = words.value
  if (notices.length === 0) return <State icon="bell" title={t.empty} text={t.emptyText} />
  return (
    <ul class="sheet told-list">
      {notices.map((notice) => (
        <li key={notice._id} class={notice.urgent ? 'urgent' : undefined}>
          <Told notice={notice} book={book} timeZone={timeZone}>
            {actions?.(notice)}
          </Told>
        </li>
      ))}
    </ul>
  )
}

type ToldProps = Omit<Props, 'notices' | 'actions'> & { notice: NoticeDoc; children: ComponentChildren }

function Told({ notice, book, timeZone, children }: ToldProps) {
  const t = words.value
  const { _id, title, body, urgent, publishAt, expiresAt } = notice
  const isRead = book.read.value.has(_id)
  const until = expiresAt === undefined ? '' : ` ${t.listSeparator} ${t.until(dayAndTime(expiresAt, timeZone))}`
  return (
    <details
      class={`told${isRead ? ' read' : ''}`}
      onToggle={(event) => {
        if (event.currentTarget.open) book.markRead(_id)
      }}
    >
      <summary>
        <span class="heading">{title}</span>
        <span>
          {urgent ? <Pill tone="no">{t.urgent}</Pill> : null} {isRead ? null : <Pill tone="warn">{t.unread}</Pill>}
        </span>
        <span class="soft">
          {dayAndTime(publishAt, timeZone)}
          {until}
        </span>
      </summary>
      <MarkdownText text={body} />
      {children}
    </details>
  )
}
