import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { words } from '../../i18n/entry-words.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { EntryPage, FormPage, Refusal } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { EntryForm } from './entry-form.tsx'
import { entryPath } from './entry-key.ts'
import type { EntryValues } from './entry-values.ts'
import { dropDraft, type KeptDraft, keepDraft } from './kept-drafts.ts'
import { keepReceipt } from './kept-receipts.ts'
import { sendEntry } from './send-entry.ts'
import { SendingNotice } from './sending-notice.tsx'
import { useEntryForm } from './use-entry-form.ts'
import { useSending } from './use-sending.ts'

type Props = {
  page: FormPage
  kept: KeptDraft
  reload: () => void
  /** Goes on with an empty form. */
  onAnother: () => void
  /** The server took nothing, for entries are closed. */
  onClosed: () => void
}

/** A new entry: filled in, kept while it is, sent until it has arrived. */
export function FillIn({ page, kept, reload, onAnother, onClosed }: Props) {
  const t = words.value
  const { api, shelf, fresh } = useEntryTools()
  const { route } = useLocation()
  const { code } = page.event
  const { draft } = kept
  const [values, setValues] = useState(kept.values)
  const [isKept, setIsKept] = useState(true)
  const [clearing, setClearing] = useState(false)
  const form = useEntryForm({ page, values, onChange: change })
  const sending = useSending<EntryPage>({ attempt, onDone: finish, onRefused })
  const { step } = sending.state

  const keep = (now: EntryValues, isSending: boolean) =>
    setIsKept(keepDraft(code, { draft, values: now, sending: isSending }, shelf))
  function change(next: EntryValues) {
    setValues(next)
    keep(next, false)
  }
  async function attempt() {
    const { checked, entry } = form.check()
    if (!checked.ok) return { result: 'refused', refusal: { code: 'ZK-ENTRY-003', fields: checked.bad } } as const
    const application = { draft, entry, language: language.value }
    return await sendEntry(api, code, { application, checked: checked.entry })
  }
  function finish(entered: EntryPage) {
    keepReceipt(code, { draft, number: entered.number, name: entered.entry.name, token: entered.editToken }, shelf)
    dropDraft(code, draft, shelf)
    fresh.set(draft, entered)
    route(entryPath(code, draft))
  }
  function onRefused(refusal: Refusal) {
    keep(values, false)
    form.refuse(refusal.fields)
    // The organizers have changed the form, or closed it, since it was opened.
    if (refusal.code === 'ZK-ENTRY-001') onClosed()
    if (refusal.code === 'ZK-ENTRY-001' || refusal.code === 'ZK-ENTRY-003') reload()
  }
  const send = () => {
    if (!form.tryAll()) return
    keep(values, true)
    sending.send()
  }
  // What was sent before the page was closed, and not answered, goes on by itself.
  useEffect(() => {
    if (kept.sending) sending.send()
  }, [])

  const another = () => {
    dropDraft(code, draft, shelf)
    onAnother()
  }
  const isWithdrawn = sending.state.step === 'refused' && sending.state.refusal.code === 'ZK-ENTRY-005'
  return (
    <EntryForm page={page} tools={form} busy={step === 'sending' || step === 'waiting'} onSubmit={send}>
      <p class="soft">{isKept ? t.kept : t.notKept}</p>
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
        <Button kind="main" type="submit" disabled={step === 'sending'}>
          {step === 'sending' ? t.sending : t.send}
        </Button>
      )}
      {isWithdrawn ? (
        <Button wide onClick={another}>
          {t.another}
        </Button>
      ) : null}
      {step === 'idle' || step === 'refused' ? (
        <Button kind="bare" wide onClick={() => setClearing(true)}>
          {t.startOver}
        </Button>
      ) : null}
      {clearing ? (
        <Dialog title={t.startOverTitle} onClose={() => setClearing(false)}>
          <p>{t.startOverText}</p>
          <div class="pair">
            <Button onClick={() => setClearing(false)}>{t.cancel}</Button>
            <Button kind="refuse" onClick={another}>
              {t.startOverNow}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </EntryForm>
  )
}
