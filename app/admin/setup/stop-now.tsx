import { useState } from 'preact/hooks'
import type { EventDoc } from '../../../design-docs/plan.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'

type Props = { event: EventDoc; dirty: boolean; onSave: (event: EventDoc) => void }

/**
 * An event that runs is shortened to this moment; the usual dialog shows the effect before. The end that was planned
 * stays in the plan, so that any admin takes it back, on any device.
 */
export function StopNow({ event, dirty, onSave }: Props) {
  const t = setupWords.value
  const { desk } = useDesk()
  const [tried, setTried] = useState(false)
  const { plannedEndsAt, ...rest } = event
  const now = desk.now()
  const isRunning = event.phase === 'running' && event.startsAt < now && now < event.endsAt
  const save = (wanted: EventDoc) => {
    setTried(dirty)
    if (!dirty) onSave(wanted)
  }
  const unsaved =
    tried && dirty ? (
      <p class="notice warn" role="alert">
        {t.stopNowUnsaved}
      </p>
    ) : null
  if (plannedEndsAt !== undefined)
    return (
      <div class="stack">
        <p>
          <Button onClick={() => save({ ...rest, endsAt: plannedEndsAt })}>
            {t.stopUndo(dayAndTime(plannedEndsAt, event.timeZone))}
          </Button>
        </p>
        {unsaved}
      </div>
    )
  if (!isRunning) return null
  return (
    <div class="stack">
      <p class="soft">{t.stopNowText}</p>
      <p>
        <Button kind="refuse" onClick={() => save({ ...event, endsAt: desk.now(), plannedEndsAt: event.endsAt })}>
          {t.stopNow}
        </Button>
      </p>
      {unsaved}
    </div>
  )
}
