import { tidyKana, tidyName } from '../../../functions/rules/entry-names.ts'
import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { emptyMember } from './entry-values.ts'
import { OwnFields } from './own-fields.tsx'
import { TextInput } from './text-input.tsx'
import { tidyWidth } from './tidy-width.ts'
import type { FormTools } from './use-entry-form.ts'

/** The members, as many as the form allows. */
export function MembersPart({ tools }: { tools: FormTools }) {
  const t = words.value
  const { values, change, page } = tools
  const { min, max } = page.form.members
  const { members } = values
  const problem = tools.problem('members')
  const add = () => change({ members: [...members, emptyMember(1 + Math.max(-1, ...members.map(({ key }) => key)))] })
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.members}</h2>
        <p class="soft">{t.membersRange(min, max)}</p>
      </div>
      {members.map(({ key }, n) => (
        <fieldset class="member stack" key={key}>
          <legend>{t.member(n + 1)}</legend>
          <Member tools={tools} at={n} />
          {members.length > min ? (
            <Button
              kind="bare"
              onClick={() => change({ members: members.filter((one) => one.key !== key) })}
              aria-label={t.removeMember(n + 1)}
            >
              {t.removeMember(n + 1)}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <div data-bad={problem ? true : undefined}>
        {problem ? (
          <p class="problem" role="alert">
            {problem}
          </p>
        ) : null}
        {members.length < max ? (
          <Button wide onClick={add}>
            {t.addMember}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function Member({ tools, at }: { tools: FormTools; at: number }) {
  const t = words.value
  const { form } = tools.page
  const member = tools.values.members[at]
  if (!member) return null
  const path = `members.${at}`
  const set = (part: Partial<typeof member>) => tools.changeMember(at, part)
  const genderProblem = tools.problem(`${path}.gender`)
  return (
    <>
      <TextInput
        tools={tools}
        path={`${path}.name`}
        label={t.memberName}
        hint={form.memberNames === 'full' ? t.memberNameHint : undefined}
        value={member.name}
        onChange={(name) => set({ name })}
        tidy={tidyName}
        input={{ autocomplete: at === 0 ? 'name' : 'off' }}
      />
      {form.kana === 'no' ? null : (
        <TextInput
          tools={tools}
          path={`${path}.kana`}
          label={t.memberKana}
          hint={t.kanaHint}
          optional={form.kana === 'optional'}
          value={member.kana}
          onChange={(kana) => set({ kana })}
          tidy={tidyKana}
          input={{ autocomplete: 'off' }}
        />
      )}
      <div class="pair">
        {form.age === 'no' ? null : (
          <TextInput
            tools={tools}
            path={`${path}.age`}
            label={t.age}
            optional={form.age === 'optional'}
            value={member.age}
            onChange={(age) => set({ age })}
            tidy={tidyWidth}
            input={{ inputMode: 'numeric', autocomplete: 'off', maxLength: 3 }}
          />
        )}
        {form.gender === 'no' ? null : (
          <Field
            label={form.gender === 'optional' ? t.optional(t.gender) : t.gender}
            {...(genderProblem ? { problem: genderProblem } : {})}
          >
            {(ids) => (
              <select
                {...ids}
                value={member.gender}
                aria-required={form.gender === 'required'}
                onChange={(event) => set({ gender: event.currentTarget.value })}
                onBlur={() => tools.leave(`${path}.gender`)}
              >
                <option value="">{t.choose}</option>
                {(['f', 'm', 'x'] as const).map((one) => (
                  <option key={one} value={one}>
                    {t.genders[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <OwnFields
        tools={tools}
        fields={tools.page.form.fields}
        of="member"
        path={`${path}.answers`}
        answers={member.answers}
        onChange={(answers) => set({ answers })}
      />
    </>
  )
}
