import { useEffect, useState } from 'preact/hooks'
import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import type { FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { entryPath } from './entry-key.ts'
import { EntryPage } from './entry-page.tsx'
import { emptyValues } from './entry-values.ts'
import { FillIn } from './fill-in.tsx'
import { holdByLock, isKept, type KeptDraft, newDraftId, openDraft } from './kept-drafts.ts'
import { receiptsOf } from './kept-receipts.ts'
import { longTime } from './long-time.ts'
import { useFormPage } from './use-form-page.ts'

/** Where a team enters: the form of the event, or why there is none. */
export function FormScreen({ event = '' }: { event?: string }) {
  const t = words.value
  const { state, reload } = useFormPage(event)
  if (state.step === 'ready') return <Open key={event} page={state.page} stale={state.stale} reload={reload} />
  return (
    <EntryPage title={t.title}>
      {state.step === 'loading' ? <p role="status">{t.loading}</p> : null}
      {state.step === 'offline' ? (
        <State icon="offline" title={t.offline} text={t.offlineText}>
          <Button onClick={reload}>{t.retry}</Button>
        </State>
      ) : null}
      {state.step === 'missing' ? (
        <State icon="question" title={t.noForm} text={t.noFormText}>
          <p class="digits">{t.errorCode(state.code)}</p>
          <Button onClick={reload}>{t.retry}</Button>
        </State>
      ) : null}
    </EntryPage>
  )
}

type Props = { page: FormPage; stale: boolean; reload: () => void }

function Open({ page, stale, reload }: Props) {
  const t = words.value
  const { shelf, now, ports } = useEntryTools()
  const { event, form, classes, state } = page
  const [kept, setKept] = useState<KeptDraft | null>(null)
  const fresh = (): KeptDraft => ({
    draft: newDraftId(now(), ports.random.bytes(10)),
    values: emptyValues(form, classes),
    sending: false,
  })
  const open = () => void openDraft(event.code, { shelf, hold: holdByLock, fresh }).then(setKept)
  useEffect(open, [])
  const opensAt = longTime(form.opensAt ?? 0, event.timeZone)
  return (
    <EntryPage title={t.title} event={event}>
      <p class="soft">
        {[
          t.day(longTime(event.startsAt, event.timeZone)),
          form.closesAt !== undefined && state === 'open' ? t.closes(longTime(form.closesAt, event.timeZone)) : '',
        ]
          .filter(Boolean)
          .join(t.listSeparator)}
      </p>
      <Mine event={event.code} />
      {state === 'not-yet' ? <State icon="bell" title={t.notYet} text={t.opens(opensAt, event.timeZone)} /> : null}
      {state === 'closed' ? (
        <State icon="attention" title={t.closed} text={t.closedText}>
          {kept && !kept.sending && isKept(event.code, kept.draft, shelf) ? <p role="alert">{t.closedUnsent}</p> : null}
        </State>
      ) : null}
      {state === 'open' && stale ? (
        <p class="notice warn" role="status">
          {t.offlineForm}
        </p>
      ) : null}
      {/* What was sent before entries closed may have arrived: it is asked for. */}
      {kept && (state === 'open' || kept.sending) ? (
        <FillIn
          key={kept.draft}
          page={page}
          kept={kept}
          reload={reload}
          onAnother={() => setKept(fresh())}
          onClosed={() => setKept({ ...kept, sending: false })}
        />
      ) : null}
    </EntryPage>
  )
}

/** Teams that were entered on this phone. */
function Mine({ event }: { event: string }) {
  const t = words.value
  const receipts = receiptsOf(event, useEntryTools().shelf)
  if (receipts.length === 0) return null
  return (
    <section class="sheet">
      <h2>{t.mine}</h2>
      <ul class="list numbered">
        {receipts.map(({ draft, number, name }) => (
          <li key={draft}>
            <span class="number">{number}</span>
            <a class="target" href={entryPath(event, draft)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
