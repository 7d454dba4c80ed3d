import { useState } from 'preact/hooks'
import type { EventDoc } from '../../../design-docs/plan.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'

/** The end that was planned, kept on this device so that stopping by mistake is undone after a reload too. */
type Stopped = { event: string; endsAt: number; before: number }
const keptUnder = 'stopped'

type Props = { event: EventDoc; dirty: boolean; onSave: (event: EventDoc) => void }

/** An event that runs is shortened to this moment; the usual dialog shows the effect before, and it can be taken back. */
export function StopNow({ event, dirty, onSave }: Props) {
  const t = setupWords.value
  const { desk } = useDesk()
  const [tried, setTried] = useState(false)
  const kept = desk.keyValue.get(keptUnder)
  const stopped = kept === null ? null : (JSON.parse(kept) as Stopped)
  const isStopped = stopped?.event === event.code && stopped.endsAt === event.endsAt
  const now = desk.now()
  const isRunning = event.phase === 'running' && event.startsAt < now && now < event.endsAt
  const save = (endsAt: number) => {
    setTried(dirty)
    if (dirty) return
    if (!isStopped)
      desk.keyValue.set(
        keptUnder,
        JSON.stringify({ event: event.code, endsAt, before: event.endsAt } satisfies Stopped),
      )
    onSave({ ...event, endsAt })
  }
  if (isStopped)
    return (
      <p>
        <Button onClick={() => save(stopped.before)}>{t.stopUndo(dayAndTime(stopped.before, event.timeZone))}</Button>
      </p>
    )
  if (!isRunning) return null
  return (
    <div class="stack">
      <p class="soft">{t.stopNowText}</p>
      <p>
        <Button kind="refuse" onClick={() => save(desk.now())}>
          {t.stopNow}
        </Button>
      </p>
      {tried && dirty ? (
        <p class="notice warn" role="alert">
          {t.stopNowUnsaved}
        </p>
      ) : null}
    </div>
  )
}
