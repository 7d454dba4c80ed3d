import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { tidyKana, tidyText } from '../../../functions/rules/entry-names.ts'
import { tidyPhone } from '../../../functions/rules/entry-texts.ts'
import { words } from '../../i18n/entry-words.ts'
import { ClassesPart } from './classes-part.tsx'
import { ConsentsPart } from './consents-part.tsx'
import type { FormPage } from './entry-api.ts'
import { focusFirstBad } from './focus-first-bad.ts'
import { MembersPart } from './members-part.tsx'
import { OwnFields } from './own-fields.tsx'
import { TextInput } from './text-input.tsx'
import { tidyWidth } from './tidy-width.ts'
import type { FormTools } from './use-entry-form.ts'

type Props = {
  page: FormPage
  tools: FormTools
  /** It is on its way, or waits to be: nothing can be changed. */
  busy: boolean
  onSubmit: () => void
  /** The end of the form. */
  children: ComponentChildren
}

/** What an event asks, in the order in which people know it: who they are, what they enter, how they are reached. */
export function EntryForm({ page: { form }, tools, busy, onSubmit, children }: Props) {
  const t = words.value
  const { values, change } = tools
  const root = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (tools.failures > 0 && root.current) focusFirstBad(root.current)
  }, [tools.failures])
  return (
    <form
      ref={root}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <fieldset class="bare stack" disabled={busy}>
        <section class="sheet stack">
          <h2>{t.team}</h2>
          <TextInput
            tools={tools}
            path="name"
            label={t.teamName}
            value={values.name}
            onChange={(name) => change({ name })}
            tidy={tidyText}
            input={{ autocomplete: 'off' }}
          />
          {form.kana === 'no' ? null : (
            <TextInput
              tools={tools}
              path="kana"
              label={t.teamKana}
              hint={t.kanaHint}
              optional
              value={values.kana}
              onChange={(kana) => change({ kana })}
              tidy={tidyKana}
              input={{ autocomplete: 'off' }}
            />
          )}
        </section>
        <MembersPart tools={tools} />
        <ClassesPart tools={tools} />
        <section class="sheet stack">
          <h2>{t.contact}</h2>
          <TextInput
            tools={tools}
            path="mail"
            label={t.mail}
            hint={t.mailHint}
            value={values.mail}
            onChange={(mail) => change({ mail })}
            tidy={tidyWidth}
            input={{ inputMode: 'email', autocomplete: 'email', autocapitalize: 'none', spellcheck: false }}
          />
          {form.phone === 'no' ? null : (
            <TextInput
              tools={tools}
              path="phone"
              label={t.phone}
              optional={form.phone === 'optional'}
              value={values.phone}
              onChange={(phone) => change({ phone })}
              tidy={tidyPhone}
              input={{ type: 'tel', autocomplete: 'tel' }}
            />
          )}
        </section>
        {form.fields.some((field) => field.of === 'entry') ? (
          <section class="sheet stack">
            <h2>{t.questions}</h2>
            <OwnFields
              tools={tools}
              fields={form.fields}
              of="entry"
              path="answers"
              answers={values.answers}
              onChange={(answers) => change({ answers })}
            />
          </section>
        ) : null}
        <ConsentsPart tools={tools} />
      </fieldset>
      {children}
    </form>
  )
}
