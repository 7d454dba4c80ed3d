import type { EventClass } from '../../../design-docs/plan.ts'
import { said } from '../../i18n/dictionary.ts'
import { words } from '../../i18n/entry-words.ts'
import { aboutClass } from './about-class.ts'
import { ChoiceGroup } from './choice-group.tsx'
import type { FormTools } from './use-entry-form.ts'

/** The class that a team starts in and, where others have the same start and limit, those it is ranked in as well. */
export function ClassesPart({ tools }: { tools: FormTools }) {
  const t = words.value
  const { values, page, change } = tools
  const main = page.classes.find(({ id }) => id === values.classIds[0])
  const others = alongside(page.classes, main)
  const choice = (one: EventClass) => ({
    id: one.id,
    text: (
      <>
        {said(one.name)}
        <span class="soft about">{aboutClass(one, page.event.timeZone)}</span>
      </>
    ),
  })
  const also = values.classIds.slice(1)
  return (
    <section class="sheet stack">
      <ChoiceGroup
        label={t.classes}
        of="radio"
        problem={tools.problem('classIds')}
        choices={page.classes.map(choice)}
        chosen={values.classIds.slice(0, 1)}
        onChoose={(id) => {
          const chosen = page.classes.find((one) => one.id === id)
          const still = alongside(page.classes, chosen).filter((one) => also.includes(one.id))
          change({ classIds: [id, ...still.map((one) => one.id)] })
          tools.leave('classIds')
        }}
        onLeave={() => tools.leave('classIds')}
      />
      {main && others.length > 0 ? (
        <ChoiceGroup
          label={t.optional(t.classAlso)}
          of="checkbox"
          choices={others.map(choice)}
          chosen={also}
          onChoose={(id, chosen) =>
            change({ classIds: [main.id, ...also.filter((one) => one !== id), ...(chosen ? [id] : [])] })
          }
          onLeave={() => undefined}
        />
      ) : null}
    </section>
  )
}

const alongside = (classes: readonly EventClass[], main: EventClass | undefined) =>
  classes.filter(
    ({ id, startsAt, limitMinutes }) =>
      id !== main?.id && startsAt === main?.startsAt && limitMinutes === main.limitMinutes,
  )
