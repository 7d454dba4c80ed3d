import { useEffect, useState } from 'preact/hooks'
import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import type { EntryKey, EntryPage, FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { EntryForm } from './entry-form.tsx'
import { type EntryValues, valuesOf } from './entry-values.ts'
import { isSameEntry } from './is-same-entry.ts'
import type { Shelf } from './kept-drafts.ts'
import { dropEdit, keepEdit, keptEdit } from './kept-edits.ts'
import { SendingNotice } from './sending-notice.tsx'
import { useEntryForm } from './use-entry-form.ts'
import { useSending } from './use-sending.ts'

type Props = {
  entryKey: EntryKey
  entered: EntryPage
  page: FormPage
  /** Where the change is kept while it is filled in. */
  shelf: Shelf
  onSaved: (entered: EntryPage) => void
  /** The form may have been changed or closed since. */
  onRefused: () => void
  onClose: () => void
}

/** The form with what was entered, to be sent in its place; kept while it is filled in, like a new entry. */
export function EditEntry({ entryKey, entered, page, shelf, onSaved, onRefused, onClose }: Props) {
  const t = words.value
  const { api } = useEntryTools()
  const [begun] = useState(() => keptEdit(entryKey, shelf))
  const [values, setValues] = useState(() => begun?.values ?? valuesOf(entered.entry))
  const [isKept, setIsKept] = useState(true)
  const since = begun?.since ?? entered.changedAt
  const keep = (now: EntryValues, isSending: boolean) =>
    setIsKept(keepEdit(entryKey, { since, values: now, sending: isSending }, shelf))
  const onChange = (next: EntryValues) => {
    setValues(next)
    keep(next, false)
  }
  const form = useEntryForm({ page, values, onChange })
  const finish = (saved: EntryPage) => {
    dropEdit(entryKey, shelf)
    onSaved(saved)
  }
  const sending = useSending<EntryPage>({
    attempt: () => api.edit(entryKey, form.check().entry),
    onDone: finish,
    onRefused: ({ fields }) => {
      keep(values, false)
      form.refuse(fields)
      onRefused()
    },
  })
  const { step } = sending.state
  const { checked } = form.check()
  const arrived = checked.ok && isSameEntry(checked.entry, entered.entry)
  const changedElsewhere = since !== entered.changedAt && !arrived
  // What was sent before the page was closed, and not answered, goes on by itself, unless it would undo a later change.
  useEffect(() => {
    if (!begun?.sending) return
    if (arrived) finish(entered)
    else if (changedElsewhere) keep(values, false)
    else sending.send()
  }, [])
  const dirty = JSON.stringify(values) !== JSON.stringify(valuesOf(entered.entry))
  const unkept = dirty && !isKept
  useEffect(() => {
    if (!unkept) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unkept])
  return (
    <EntryForm
      page={page}
      tools={form}
      busy={step === 'sending' || step === 'waiting'}
      onSubmit={() => {
        if (!form.tryAll()) return
        keep(values, true)
        sending.send()
      }}
    >
      <p class="soft">{isKept ? t.kept : t.notKept}</p>
      {changedElsewhere ? (
        <p class="notice warn" role="status">
          {t.changedElsewhere}
        </p>
      ) : null}
      <SendingNotice state={sending.state} problems={form.shown} />
      {step === 'waiting' ? (
        <div class="pair">
          <Button
            onClick={() => {
              sending.stop()
              keep(values, false)
            }}
          >
            {t.change}
          </Button>
          <Button onClick={sending.send}>{t.sendNow}</Button>
        </div>
      ) : (
        <Button kind="main" type="submit" disabled={step === 'sending' || !dirty}>
          {step === 'sending' ? t.sending : t.save}
        </Button>
      )}
      <Button
        kind="bare"
        wide
        disabled={step === 'sending'}
        onClick={() => {
          dropEdit(entryKey, shelf)
          onClose()
        }}
      >
        {t.cancel}
      </Button>
    </EntryForm>
  )
}
