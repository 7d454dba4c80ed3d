import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { NoticeFact } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/notice-words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Tick } from '../ui/tick.tsx'
import { type AudienceChoice, audienceOf, readNumbers } from './audience-choice.ts'
import { MarkdownText } from './markdown-text.tsx'
import './notices.css'

export type NewNotice = Pick<NoticeFact, 'title' | 'body' | 'audience' | 'urgent'> & { hours: number | null }
type Props = {
  classes: readonly EventClass[]
  /** Certain teams can be named only where their numbers can be checked. */
  hasTeams?: boolean
  /** Further fields, say of when. */
  children?: ComponentChildren
  problem?: string | undefined
  onSend: (notice: NewNotice) => void
  onCancel: () => void
}

const spans = [1, 3, 6, 24] as const

/** A notice in the making, with how it will look; nothing is sent without a heading and somebody to send it to. */
export function NoticeForm({ classes, hasTeams = false, children, problem, onSend, onCancel }: Props) {
  const t = words.value.form
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [choice, setChoice] = useState<AudienceChoice>('everyone')
  const [numbers, setNumbers] = useState('')
  const [hours, setHours] = useState<number | null>(null)
  const [urgent, setUrgent] = useState(false)
  const [tried, setTried] = useState(false)
  const read = readNumbers(numbers)
  const numbersProblem =
    read.bad !== null ? t.notNumbers(read.bad) : read.numbers.length === 0 ? t.numbersNeeded : undefined
  const isComplete = title.trim() !== '' && (choice !== 'teams' || numbersProblem === undefined)
  const choices: [AudienceChoice, string][] = [
    ['everyone', t.everyone],
    ['participants', t.participants],
    ['staff', t.staff],
    ...classes.map(({ id, name }): [AudienceChoice, string] => [`class:${id}`, t.ofClass(said(name) || id)]),
    ...(hasTeams ? [['teams', t.teams] as [AudienceChoice, string]] : []),
  ]
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        const audience = audienceOf(choice, read.numbers)
        if (isComplete) onSend({ title: title.trim(), body, audience, urgent, hours })
      }}
    >
      <Field label={t.heading} {...(tried && title.trim() === '' ? { problem: t.headingNeeded } : {})}>
        {(ids) => (
          <input {...ids} value={title} maxLength={120} onInput={(event) => setTitle(event.currentTarget.value)} />
        )}
      </Field>
      <Field label={t.body} hint={t.bodyHint}>
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            maxLength={8000}
            value={body}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        )}
      </Field>
      {body.trim() === '' ? null : (
        <section class="sheet stack" aria-label={t.preview}>
          <p class="soft">{t.preview}</p>
          <MarkdownText text={body} />
        </section>
      )}
      <Field label={t.to}>
        {(ids) => (
          <select {...ids} value={choice} onChange={(event) => setChoice(event.currentTarget.value as AudienceChoice)}>
            {choices.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {choice === 'teams' ? (
        <Field
          label={t.numbers}
          hint={t.numbersHint}
          {...(tried && numbersProblem !== undefined ? { problem: numbersProblem } : {})}
        >
          {(ids) => <input {...ids} value={numbers} onInput={(event) => setNumbers(event.currentTarget.value)} />}
        </Field>
      ) : null}
      {children}
      <Field label={t.expires}>
        {(ids) => (
          <select
            {...ids}
            value={hours ?? ''}
            onChange={(event) => setHours(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
          >
            <option value="">{t.forever}</option>
            {spans.map((span) => (
              <option key={span} value={span}>
                {t.hours(span)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Tick checked={urgent} onChange={setUrgent}>
        {t.urgent}
      </Tick>
      {problem === undefined ? null : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <Button kind="main" type="submit">
        {t.send}
      </Button>
      <Button kind="bare" wide onClick={onCancel}>
        {t.cancel}
      </Button>
    </form>
  )
}
