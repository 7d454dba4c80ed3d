import { useId } from 'preact/hooks'
import { longestAbout, tidyAbout, wishes } from '../../../functions/rules/check-application.ts'
import { tidyKana, tidyName } from '../../../functions/rules/entry-names.ts'
import { words } from '../../i18n/apply-words.ts'
import { words as entryWords } from '../../i18n/entry-words.ts'
import { count } from '../../i18n/format.ts'
import { ChoiceGroup } from '../entry/choice-group.tsx'
import type { StaffPage } from '../entry/entry-api.ts'
import { OwnFields } from '../entry/own-fields.tsx'
import { TextInput } from '../entry/text-input.tsx'
import { tidyWidth } from '../entry/tidy-width.ts'
import type { ApplyValues } from './apply-values.ts'
import type { useApplyForm } from './use-apply-form.ts'

type Props = { values: ApplyValues; tools: ReturnType<typeof useApplyForm>; page: StaffPage }

/** Who applies, what for, and that it may be kept. */
export function ApplyFields({ values, tools, page }: Props) {
  const t = words.value
  const { change } = tools
  return (
    <>
      <section class="sheet stack">
        <h2>{t.you}</h2>
        <TextInput
          tools={tools}
          path="name"
          label={t.name}
          hint={page.memberNames === 'full' ? t.nameHint : undefined}
          value={values.name}
          onChange={(name) => change({ name })}
          tidy={tidyName}
          input={{ autocomplete: 'name' }}
        />
        <TextInput
          tools={tools}
          path="kana"
          label={t.kana}
          hint={entryWords.value.kanaHint}
          value={values.kana}
          onChange={(kana) => change({ kana })}
          tidy={tidyKana}
          input={{ autocomplete: 'off' }}
        />
        <TextInput
          tools={tools}
          path="mail"
          label={entryWords.value.mail}
          hint={entryWords.value.mailHint}
          value={values.mail}
          onChange={(mail) => change({ mail })}
          tidy={tidyWidth}
          input={{ inputMode: 'email', autocomplete: 'email', autocapitalize: 'none', spellcheck: false }}
        />
      </section>
      <section class="sheet stack">
        <ChoiceGroup
          label={t.wish}
          hint={t.wishHint}
          of="radio"
          problem={tools.problem('wish')}
          choices={wishes.map((id) => ({ id, text: t.wishes[id] }))}
          chosen={[values.wish]}
          onChoose={(wish) => change({ wish })}
          onLeave={() => tools.leave('wish')}
        />
        <TextInput
          tools={tools}
          path="about"
          label={t.about}
          hint={t.aboutHint(count(tidyAbout(values.about).length))}
          optional
          long
          value={values.about}
          // Far more than is taken, so that a paste is cut by its writer; never so much that it could not be kept.
          onChange={(about) => change({ about: about.slice(0, longestAbout * 4) })}
          tidy={tidyAbout}
        />
      </section>
      {page.fields.length > 0 ? (
        <section class="sheet stack">
          <h2>{entryWords.value.questions}</h2>
          <OwnFields
            tools={tools}
            fields={page.fields}
            of="staff"
            path="answers"
            answers={values.answers}
            onChange={(answers) => change({ answers })}
          />
        </section>
      ) : null}
      <Consent values={values} tools={tools} />
    </>
  )
}

function Consent({ values, tools }: Pick<Props, 'values' | 'tools'>) {
  const t = words.value
  const about = useId()
  const problem = tools.problem('consent')
  return (
    <section class="sheet stack consent">
      <h2>{t.consent}</h2>
      <div id={about}>
        <p class="consent-text">{t.consentText}</p>
        {problem ? (
          <p class="problem" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={values.consent}
          aria-describedby={about}
          aria-invalid={problem !== undefined}
          aria-required
          onChange={({ currentTarget: { checked: consent } }) => tools.change({ consent })}
          onBlur={() => tools.leave('consent')}
        />
        <span class="grow">{t.agree}</span>
      </label>
    </section>
  )
}
