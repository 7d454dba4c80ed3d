import { useEffect, useState } from 'preact/hooks'
import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { EditEntry } from './edit-entry.tsx'
import type { EntryPage as Entered } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { EntryPage } from './entry-page.tsx'
import { keptEdit } from './kept-edits.ts'
import { keepReceipt, receiptsOf } from './kept-receipts.ts'
import { Receipt } from './receipt.tsx'
import { useEntry } from './use-entry.ts'
import { useFormPage } from './use-form-page.ts'

/** An entry for whoever has its link: the receipt, and while entries are open its change and its withdrawal. */
export function EntryScreen({ event = '', draft = '' }: { event?: string; draft?: string }) {
  const t = words.value
  const { shelf, tabShelf, fresh } = useEntryTools()
  const { state, token, show, retry } = useEntry(event, draft)
  const form = useFormPage(event)
  const [editing, setEditing] = useState(false)
  const kept = receiptsOf(event, shelf).find((one) => one.draft === draft)
  const page = form.state.step === 'ready' ? form.state.page : null
  // On somebody else's device nothing of the entry outlives the tab, as the key of its link does not.
  const editShelf = kept ? shelf : tabShelf
  const canEdit = page?.state === 'open' && state.step === 'ready' && state.page.withdrawnAt === undefined
  useEffect(() => {
    if (canEdit && keptEdit({ event, draft }, editShelf)) setEditing(true)
  }, [canEdit])
  const toForm = (
    <a class="button" href={`/team/enter/${event}`}>
      {t.toForm}
    </a>
  )
  if (state.step === 'bad-link') {
    return (
      <EntryPage title={t.receipt} event={page?.event}>
        <State icon="link" title={t.badLink} text={t.badLinkText}>
          {state.code === null ? null : <p class="digits">{t.errorCode(state.code)}</p>}
          {toForm}
        </State>
      </EntryPage>
    )
  }
  if (state.step !== 'ready' || token === null) {
    return (
      <EntryPage title={t.receipt} event={page?.event}>
        {kept ? (
          <div class="sheet">
            <p class="soft">{t.number}</p>
            <p class="own-number">{kept.number}</p>
            <p class="name">{kept.name}</p>
          </div>
        ) : null}
        {state.step === 'offline' ? (
          <State icon="offline" title={t.offline} {...(kept ? { text: t.offlineEntry } : {})}>
            <Button onClick={retry}>{t.retry}</Button>
          </State>
        ) : (
          <p role="status">{t.loadingEntry}</p>
        )}
      </EntryPage>
    )
  }
  const key = { event, draft, token }
  const changed = (entered: Entered) => {
    fresh.delete(draft)
    if (kept) keepReceipt(event, { ...kept, name: entered.entry.name }, shelf)
    show(entered)
  }
  if (editing && page) {
    return (
      <EntryPage title={t.editTitle} event={page.event}>
        <EditEntry
          entryKey={key}
          entered={state.page}
          page={page}
          shelf={editShelf}
          onClose={() => setEditing(false)}
          onRefused={form.reload}
          onSaved={(entered) => {
            changed(entered)
            setEditing(false)
            toast(t.saved)
          }}
        />
      </EntryPage>
    )
  }
  return (
    <Receipt
      entryKey={key}
      entered={state.page}
      page={page}
      hasForm={form.state.step !== 'missing'}
      isNew={fresh.has(draft)}
      isKept={kept !== undefined}
      onEdit={() => setEditing(true)}
      onWithdrawn={changed}
      onRefused={form.reload}
    />
  )
}
