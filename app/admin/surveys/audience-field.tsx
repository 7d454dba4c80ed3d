import type { Audience } from '../../../design-docs/facts.ts'
import { said } from '../../i18n/dictionary.ts'
import { type AudienceChoice, audienceOf } from '../../notices/audience-choice.ts'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './survey-words.ts'

type Props = { audience: Audience; onChange: (audience: Audience) => void }

/** Whom a survey asks, in the words in which notices say whom they are for. */
export function AudienceField({ audience, onChange }: Props) {
  const t = words.value
  const { overview } = useDesk()
  const choices: [AudienceChoice, string][] = [
    ['participants', t.audiences.participants],
    ['everyone', t.audiences.everyone],
    ['staff', t.audiences.staff],
    ...(overview.value?.event.classes ?? []).map(({ id, name }): [AudienceChoice, string] => [
      `class:${id}`,
      t.ofClass(said(name)),
    ]),
  ]
  const same = (choice: AudienceChoice) => JSON.stringify(audienceOf(choice, [])) === JSON.stringify(audience)
  const chosen = choices.find(([choice]) => same(choice))?.[0]
  return (
    <Field label={t.to}>
      {(ids) => (
        <select
          {...ids}
          value={chosen ?? ''}
          onChange={(event) => {
            const choice = choices.find(([one]) => one === event.currentTarget.value)
            if (choice) onChange(audienceOf(choice[0], []))
          }}
        >
          {chosen === undefined ? <option value="">{t.otherAudience}</option> : null}
          {choices.map(([choice, label]) => (
            <option key={choice} value={choice}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
