import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../../i18n/apply-words.ts'
import { words as entryWords } from '../../i18n/entry-words.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import type { Refusal, StaffPage } from '../entry/entry-api.ts'
import { useEntryTools } from '../entry/entry-context.ts'
import { focusFirstBad } from '../entry/focus-first-bad.ts'
import { dropDraft, type KeptDraft, keepDraft } from '../entry/kept-drafts.ts'
import { SendingNotice } from '../entry/sending-notice.tsx'
import { useSending } from '../entry/use-sending.ts'
import { ApplyFields } from './apply-fields.tsx'
import { type ApplyValues, applicationOf, applyShelfName } from './apply-values.ts'
import { useApplyForm } from './use-apply-form.ts'

type Props = {
  page: StaffPage
  kept: KeptDraft<ApplyValues>
  /** The server has it. */
  onReceived: (name: string) => void
  /** The server took nothing: it may have been closed meanwhile. */
  onRefused: (refusal: Refusal) => void
}

/** An application: filled in, kept while it is, sent until it has arrived. */
export function ApplyForm({ page, kept, onReceived, onRefused }: Props) {
  const t = entryWords.value
  const { api, shelf } = useEntryTools()
  const { draft } = kept
  const place = applyShelfName(page.event.code)
  const [values, setValues] = useState(kept.values)
  const [isKept, setIsKept] = useState(true)
  const keep = (now: ApplyValues, sending: boolean) =>
    setIsKept(keepDraft(place, { draft, values: now, sending }, shelf))
  const form = useApplyForm({
    page,
    values,
    onChange(next) {
      setValues(next)
      keep(next, false)
    },
  })
  const sending = useSending<{ received: true }>({
    attempt: () =>
      api.apply(page.event.code, { draft, application: applicationOf(values, page.fields), language: language.value }),
    onDone() {
      dropDraft(place, draft, shelf)
      onReceived(form.checked.ok ? form.checked.application.name : values.name)
    },
    onRefused(refusal) {
      keep(values, false)
      form.refuse(refusal.fields)
      onRefused(refusal)
    },
  })
  const { step } = sending.state
  const root = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (form.failures > 0 && root.current) focusFirstBad(root.current)
  }, [form.failures])
  // What was sent before the page was closed, and not answered, goes on by itself.
  useEffect(() => {
    if (kept.sending) sending.send()
  }, [])
  return (
    <form
      ref={root}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!form.tryAll()) return
        keep(values, true)
        sending.send()
      }}
    >
      <fieldset class="bare stack" disabled={step === 'sending' || step === 'waiting'}>
        <ApplyFields values={values} tools={form} page={page} />
      </fieldset>
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
          {step === 'sending' ? t.sending : words.value.send}
        </Button>
      )}
    </form>
  )
}
