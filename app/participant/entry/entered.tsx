import type { CheckedEntry, EntryAnswers, EntryField } from '../../../design-docs/entry.ts'
import { answerText } from '../../entry/answer-text.ts'
import { said } from '../../i18n/dictionary.ts'
import { words } from '../../i18n/entry-words.ts'
import { Facts } from '../../ui/facts.tsx'
import type { FormPage } from './entry-api.ts'

/** What was entered, all of it. */
export function Entered({ entry, page: { form, classes } }: { entry: CheckedEntry; page: FormPage }) {
  const t = words.value
  const className = (id: string) => {
    const known = classes.find((one) => one.id === id)
    return known ? said(known.name) : id
  }
  const agreed = form.consents.filter(({ id }) => entry.consents.includes(id))
  return (
    <section class="sheet stack">
      <Facts
        rows={[
          [t.teamName, entry.name],
          [t.teamKana, entry.kana],
          [t.classes, entry.classIds.map(className).join(t.listSeparator)],
          [t.mail, entry.mail],
          [t.phone, entry.phone],
          ...answerRows(form.fields, 'entry', entry.answers),
          [t.consents, agreed.map(({ text }) => <p key={said(text)}>{said(text)}</p>)],
        ]}
      />
      <h2>{t.members}</h2>
      <ul class="list">
        {entry.members.map(({ id, name, kana, age, gender }) => (
          <li key={id}>
            <div>
              {name}
              {kana ? <p class="soft">{kana}</p> : null}
              <Facts
                rows={[
                  [t.age, age],
                  [t.gender, gender && t.genders[gender]],
                  ...answerRows(form.fields, 'member', entry.memberAnswers[id] ?? {}),
                ]}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const answerRows = (fields: readonly EntryField[], of: EntryField['of'], answers: EntryAnswers) =>
  fields
    .filter((field) => field.of === of)
    .map((field) => [said(field.label), answerText(field, answers[field.id])] as const)
