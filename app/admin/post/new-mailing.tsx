import { useRef, useState } from 'preact/hooks'
import { ulid } from '../../../design-docs/ids.ts'
import type { MailingPreview } from '../../../design-docs/stations.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { toast } from '../../ui/toast.tsx'
import { problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { TextField } from '../setup/inputs.tsx'
import { postWords } from './post-words.ts'
import { useSending } from './use-sending.ts'

type Part = NonNullable<MailingPreview['first']>['paragraphs'][number][number]

const shownPart = ({ text, url }: Part, index: number) =>
  url === undefined ? (
    text
  ) : (
    <a key={String(index)} href={url} target="_blank" rel="noreferrer">
      {text}
    </a>
  )

/** A mail to everyone: first written, then looked at as the first of them will read it, then sent. */
export function NewMailing({ path, onSent }: { path: string; onSent: () => void }) {
  const t = postWords.value
  const { desk, overview } = useDesk()
  const [subject, setSubject] = useState('')
  const [body, setBody] = useState('')
  const [classIds, setClassIds] = useState<string[]>([])
  const [preview, setPreview] = useState<MailingPreview | null>(null)
  // Chosen before it is sent, so that sending again after a lost answer is the same mailing.
  const id = useRef('')
  const { busy, bad, failed, send } = useSending()
  const classes = overview.value?.event.classes ?? []
  const json = { subject, body, classIds }

  const look = async () => {
    const answer = await send(() => desk.ask(`${path}/preview`, { method: 'POST', json }))
    if (answer?.kind !== 'ok') return
    id.current = ulid(desk.now(), crypto.getRandomValues(new Uint8Array(10)))
    setPreview(answer.body as MailingPreview)
  }
  const go = async () => {
    if (!(await send(() => desk.ask(path, { method: 'POST', json: { id: id.current, ...json } })))) return
    toast(t.queued)
    setPreview(null)
    setSubject('')
    setBody('')
    onSent()
  }
  const alert = failed ? (
    <p class="notice no" role="alert">
      {failed}
    </p>
  ) : null

  if (preview) {
    const { recipients, first, doneAt } = preview
    return (
      <section class="sheet stack">
        <h2>{recipients > 0 ? t.to(count(recipients)) : t.toNobody}</h2>
        <p class="soft">{doneAt === null ? t.never : t.finished(dayAndTime(doneAt, overview.value?.event.timeZone))}</p>
        {first ? (
          <>
            <Facts
              rows={[
                [t.first, first.to],
                [t.subject, first.subject],
              ]}
            />
            <div class="mail-text">
              {first.paragraphs.map((parts, index) => (
                <p key={String(index)}>{parts.map(shownPart)}</p>
              ))}
            </div>
            <p class="soft">{t.asSent}</p>
          </>
        ) : null}
        {alert}
        <Button kind="main" disabled={busy || recipients === 0} onClick={() => void go()}>
          {t.send(count(recipients))}
        </Button>
        <Button kind="bare" wide onClick={() => setPreview(null)}>
          {t.back}
        </Button>
      </section>
    )
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}
    >
      <h2>{t.newMailing}</h2>
      <TextField label={t.subject} value={subject} problem={problemOf(bad, 'subject')} onChange={setSubject} />
      <Field
        label={t.body}
        hint={t.bodyHint}
        {...(problemOf(bad, 'body') ? { problem: problemOf(bad, 'body') ?? '' } : {})}
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={10}
            maxLength={20_000}
            value={body}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset class="choices">
        <legend>{t.classes}</legend>
        <Tick checked={classIds.length === 0} onChange={() => setClassIds([])}>
          {t.everyone}
        </Tick>
        {classes.map((one) => (
          <Tick
            key={one.id}
            checked={classIds.includes(one.id)}
            onChange={(checked) =>
              setClassIds(checked ? [...classIds, one.id] : classIds.filter((classId) => classId !== one.id))
            }
          >
            {said(one.name)}
          </Tick>
        ))}
      </fieldset>
      {alert}
      <Button kind="main" type="submit" disabled={busy}>
        {t.preview}
      </Button>
    </form>
  )
}
