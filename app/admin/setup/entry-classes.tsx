import type { EventClass } from '../../../design-docs/plan.ts'
import { said } from '../../i18n/dictionary.ts'
import { Tick } from '../../ui/tick.tsx'
import { words } from './entry-part-words.ts'

type Props = {
  classes: readonly EventClass[]
  /** Ids; all classes, later ones too, when absent. */
  chosen: readonly string[] | undefined
  problem: string | undefined
  onChange: (chosen: string[] | undefined) => void
}

/** Which classes can be entered by the form. */
export function EntryClasses({ classes, chosen, problem, onChange }: Props) {
  const t = words.value
  const all = classes.map(({ id }) => id)
  const set = (changed: string, isOpen: boolean) =>
    onChange(all.filter((id) => (id === changed ? isOpen : chosen?.includes(id))))
  return (
    <fieldset class="plan-fields class-form">
      <legend>{t.classes}</legend>
      <Tick checked={chosen === undefined} onChange={(every) => onChange(every ? undefined : all)}>
        {t.allClasses}
      </Tick>
      {chosen === undefined
        ? null
        : classes.map(({ id, name }) => (
            <Tick key={id} checked={chosen.includes(id)} onChange={(isOpen) => set(id, isOpen)}>
              {said(name) || id}
            </Tick>
          ))}
      {problem || chosen?.length === 0 ? (
        <p class="line-problem" role="alert">
          {t.noClass}
        </p>
      ) : null}
    </fieldset>
  )
}
