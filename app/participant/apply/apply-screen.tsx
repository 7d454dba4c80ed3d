import { useEffect, useState } from 'preact/hooks'
import { words } from '../../i18n/apply-words.ts'
import { words as entryWords } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import type { StaffPage } from '../entry/entry-api.ts'
import { useEntryTools } from '../entry/entry-context.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { holdByLock, type KeptDraft, newDraftId, openDraft } from '../entry/kept-drafts.ts'
import { longTime } from '../entry/long-time.ts'
import { useKeptPage } from '../entry/use-kept-page.ts'
import { ApplyForm } from './apply-form.tsx'
import { type ApplyValues, applyShelfName, emptyApplication } from './apply-values.ts'

/** Where somebody applies as staff of an event, or why they cannot. */
export function ApplyScreen({ event = '' }: { event?: string }) {
  const t = words.value
  const { api } = useEntryTools()
  const { state, reload } = useKeptPage<StaffPage>({
    name: `zekken.staff-form.${event}`,
    ask: () => api.staffForm(event),
  })
  if (state.step === 'ready') return <Open key={event} page={state.page} stale={state.stale} reload={reload} />
  return (
    <EntryPage title={t.title}>
      {state.step === 'loading' ? <p role="status">{t.loading}</p> : null}
      {state.step === 'offline' ? (
        <State icon="offline" title={entryWords.value.offline} text={entryWords.value.offlineText}>
          <Button onClick={reload}>{entryWords.value.retry}</Button>
        </State>
      ) : null}
      {state.step === 'missing' ? (
        <State icon="question" title={t.noForm} text={t.noFormText}>
          <p class="digits">{entryWords.value.errorCode(state.code)}</p>
          <Button onClick={reload}>{entryWords.value.retry}</Button>
        </State>
      ) : null}
    </EntryPage>
  )
}

type Props = { page: StaffPage; stale: boolean; reload: () => void }

function Open({ page, stale, reload }: Props) {
  const { event, state } = page
  const t = words.value
  const { shelf, now, ports } = useEntryTools()
  const [kept, setKept] = useState<KeptDraft<ApplyValues> | null>(null)
  const [received, setReceived] = useState<string | null>(null)
  const fresh = (): KeptDraft<ApplyValues> => ({
    draft: newDraftId(now(), ports.random.bytes(10)),
    values: emptyApplication,
    sending: false,
  })
  useEffect(() => {
    void openDraft(applyShelfName(event.code), { shelf, hold: holdByLock, fresh }).then(setKept)
  }, [])
  if (received !== null) {
    return (
      <EntryPage title={t.title} event={event}>
        <State icon="check" title={t.received} text={`${t.receivedName(received)} ${t.receivedText}`}>
          <Button
            onClick={() => {
              setKept(fresh())
              setReceived(null)
            }}
          >
            {t.another}
          </Button>
        </State>
      </EntryPage>
    )
  }
  return (
    <EntryPage title={t.title} event={event}>
      <p class="soft">{entryWords.value.day(longTime(event.startsAt, event.timeZone))}</p>
      {state === 'closed' ? <State icon="attention" title={t.closed} text={t.closedText} /> : null}
      {state === 'open' && stale ? (
        <p class="notice warn" role="status">
          {entryWords.value.offlineForm}
        </p>
      ) : null}
      {/* What was sent before it was closed may have arrived: it is asked for. */}
      {kept && (state === 'open' || kept.sending) ? (
        <ApplyForm
          key={kept.draft}
          // A version before this one kept neither questions nor answers.
          page={{ ...page, fields: page.fields ?? [] }}
          kept={{ ...kept, values: { ...emptyApplication, ...kept.values } }}
          onReceived={setReceived}
          onRefused={({ code }) => {
            if (code !== 'ZK-ENTRY-007' && code !== 'ZK-ENTRY-003') return
            setKept({ ...kept, sending: false })
            reload()
          }}
        />
      ) : null}
    </EntryPage>
  )
}
