import { useState } from 'preact/hooks'
import type { BulkRow } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import type { QueueFilter } from '../review/queue-items.ts'
import { words } from './dispute-words.ts'
import { useBulk } from './use-bulk.ts'

/** Decides on everything that fits the filter: how many first, then how far it is, and back again as a whole. */
export function BulkDialog({ filter, onClose }: { filter: QueueFilter; onClose: () => void }) {
  const t = words.value.bulk
  const bulk = useBulk(filter)
  const { step } = bulk
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div class="stack">
        {step.is === 'looking' ? <p role="status">{t.counting}</p> : null}
        {step.is === 'ready' ? <Begin bulk={bulk} /> : null}
        {step.is === 'working' ? <Progress row={step.bulk} what={step.what} /> : null}
        {step.is === 'stopped' ? (
          <>
            <p class="notice no" role="alert">
              {step.code === null ? common.value.failed.offline : common.value.failed.otherText(step.code)}{' '}
              {step.bulk ? t.broken : ''}
            </p>
            {step.bulk ? (
              <Button kind="main" onClick={() => step.bulk && void bulk.work(step.bulk, step.what)}>
                {t.goOn}
              </Button>
            ) : null}
          </>
        ) : null}
        {step.is === 'done' ? <Done row={step.bulk} what={step.what} /> : null}
        {(step.is === 'done' && step.what === 'run') || (step.is === 'stopped' && step.bulk && step.what === 'run') ? (
          <Button wide onClick={() => step.bulk && void bulk.work(step.bulk, 'undo')}>
            {t.undo}
          </Button>
        ) : null}
        {step.is === 'ready' && bulk.earlier.length > 0 ? <Earlier bulk={bulk} /> : null}
        <Button kind="bare" wide onClick={onClose}>
          {t.close}
        </Button>
      </div>
    </Dialog>
  )
}

type Bulk = ReturnType<typeof useBulk>

function Begin({ bulk: { step, begin } }: { bulk: Bulk }) {
  const t = words.value.bulk
  const [comment, setComment] = useState('')
  const [tried, setTried] = useState(false)
  if (step.is !== 'ready') return null
  const { total, items, byStatus, teams } = step.look
  if (total === 0) return <p>{t.nothing}</p>
  const n = count(items.length)
  const reject = () => {
    setTried(true)
    if (comment.trim()) void begin('REJECTED', comment.trim())
  }
  return (
    <>
      <p class="soft">{t.lead}</p>
      <p role="status">
        <b>{items.length < total ? t.tooMany(n, count(total)) : t.will(n, count(teams))}</b>
      </p>
      <ul class="list">
        {Object.entries(byStatus)
          .filter(([, many]) => many > 0)
          .map(([status, many]) => (
            <li key={status}>
              <span>{common.value.statuses[status as keyof typeof byStatus]}</span>
              <b class="digits">{count(many)}</b>
            </li>
          ))}
      </ul>
      <Field label={t.comment} {...(tried && !comment.trim() ? { problem: t.rejectNeeds } : {})}>
        {(ids) => (
          <textarea {...ids} rows={2} maxLength={1000} onInput={(event) => setComment(event.currentTarget.value)} />
        )}
      </Field>
      <div class="pair">
        <Button kind="approve" onClick={() => void begin('APPROVED', comment.trim())}>
          {t.approve(n)}
        </Button>
        <Button kind="refuse" onClick={reject}>
          {t.reject(n)}
        </Button>
      </div>
    </>
  )
}

function Progress({ row, what }: { row: BulkRow; what: 'run' | 'undo' }) {
  const t = words.value.bulk
  const [value, max] = what === 'run' ? [row.next, row.total] : [row.undo?.next ?? 0, row.next]
  return (
    <div role="status">
      <progress value={value} max={max} aria-label={t.title} /> {t.progress(count(value), count(max))}
    </div>
  )
}

function Done({ row, what }: { row: BulkRow; what: 'run' | 'undo' }) {
  const t = words.value.bulk
  const decided = row.next - row.skipped.length
  if (what === 'undo') return <p role="status">{t.undone(count(decided))}</p>
  return (
    <div role="status" class="stack">
      <p>
        <b>{t.done(count(decided))}</b>
      </p>
      {row.skipped.length > 0 ? <p class="notice warn">{t.skipped(count(row.skipped.length))}</p> : null}
    </div>
  )
}

function Earlier({ bulk: { earlier, work } }: { bulk: Bulk }) {
  const t = words.value.bulk
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  return (
    <details class="more">
      <summary>{t.earlier}</summary>
      <ul class="list">
        {earlier.map((row) => {
          const isUndone = row.undo?.next === row.next
          return (
            <li key={row.id}>
              <span class="grow">
                {dayAndTime(row.at, zone)} {nameOf(row.by)}{' '}
                {t.line(common.value.statuses[row.action], count(row.next - row.skipped.length), count(row.total))}
              </span>
              {isUndone ? <span class="soft">{t.taken}</span> : null}
              {row.next < row.total && !row.undo ? (
                <Button onClick={() => void work(row, 'run')}>{t.goOn}</Button>
              ) : null}
              {isUndone ? null : <Button onClick={() => void work(row, 'undo')}>{t.undo}</Button>}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
