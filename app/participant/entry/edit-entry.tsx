import { useEffect, useState } from 'preact/hooks'
import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import type { EntryKey, EntryPage, FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { EntryForm } from './entry-form.tsx'
import { valuesOf } from './entry-values.ts'
import { SendingNotice } from './sending-notice.tsx'
import { useEntryForm } from './use-entry-form.ts'
import { useSending } from './use-sending.ts'

type Props = {
  entryKey: EntryKey
  entered: EntryPage
  page: FormPage
  onSaved: (entered: EntryPage) => void
  /** The form may have been changed or closed since. */
  onRefused: () => void
  onClose: () => void
}

/** The form with what was entered, to be sent in its place. */
export function EditEntry({ entryKey, entered, page, onSaved, onRefused, onClose }: Props) {
  const t = words.value
  const { api } = useEntryTools()
  const [values, setValues] = useState(() => valuesOf(entered.entry))
  const form = useEntryForm({ page, values, onChange: setValues })
  const sending = useSending<EntryPage>({
    attempt: () => api.edit(entryKey, form.check().entry),
    onDone: onSaved,
    onRefused: ({ fields }) => {
      form.refuse(fields)
      onRefused()
    },
  })
  const { step } = sending.state
  const dirty = JSON.stringify(values) !== JSON.stringify(valuesOf(entered.entry))
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])
  return (
    <EntryForm
      page={page}
      tools={form}
      busy={step === 'sending' || step === 'waiting'}
      onSubmit={() => {
        if (form.tryAll()) sending.send()
      }}
    >
      <SendingNotice state={sending.state} problems={form.shown} onPage />
      {step === 'waiting' ? (
        <Button kind="main" onClick={sending.send}>
          {t.sendNow}
        </Button>
      ) : (
        <Button kind="main" type="submit" disabled={step === 'sending' || !dirty}>
          {step === 'sending' ? t.sending : t.save}
        </Button>
      )}
      <Button kind="bare" wide disabled={step === 'sending'} onClick={onClose}>
        {t.cancel}
      </Button>
    </EntryForm>
  )
}
