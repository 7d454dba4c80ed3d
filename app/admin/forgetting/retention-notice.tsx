import type { RetentionState } from '../../../design-docs/forgetting.ts'
import { longDay } from '../../i18n/long-day.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './forgetting-words.ts'

const nothing = { none: true, later: true, soon: false, due: false, agreed: false } as const

/** On the first screen from fourteen days before the date on, and whenever a deletion is agreed to. */
export function RetentionNotice() {
  const t = words.value
  const { desk, live, who, overview } = useDesk()
  const { value } = useLoaded<RetentionState>(`/api/events/${who.event}/retention`, {
    desk,
    live,
    concerns: () => false,
  })
  if (!value?.retention || nothing[value.state]) return null
  const day = longDay(value.retention, overview.value?.event.timeZone)
  const text = value.state === 'due' ? t.soonDue : value.state === 'agreed' ? t.soonAgreed(day) : t.soon(day)
  return (
    <div class="notice warn" role="status">
      <span class="grow">{text}</span>
      {who.role === 'admin' ? (
        <a class="button" href="/admin/forgetting">
          {t.look}
        </a>
      ) : null}
    </div>
  )
}
