import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  label: string
  problem?: string | undefined
  hint?: string | undefined
  /** One of them, or any number. */
  of: 'radio' | 'checkbox'
  choices: readonly { id: string; text: ComponentChildren }[]
  chosen: readonly string[]
  onChoose: (id: string, chosen: boolean) => void
  onLeave: () => void
}

/** Choices whose whole rows are targets, with what is wrong beside them. */
export function ChoiceGroup({ label, problem, hint, of, choices, chosen, onChoose, onLeave }: Props) {
  const id = useId()
  const about = { 'aria-describedby': `${id}-about` }
  return (
    <fieldset
      class="choice-group"
      {...about}
      {...(of === 'radio' ? { role: 'radiogroup', 'aria-invalid': problem !== undefined } : {})}
      data-bad={problem === undefined ? undefined : true}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) onLeave()
      }}
    >
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label class="tick" key={choice.id}>
          <input
            type={of}
            name={id}
            checked={chosen.includes(choice.id)}
            onChange={(event) => onChoose(choice.id, event.currentTarget.checked)}
          />
          <span class="grow">{choice.text}</span>
        </label>
      ))}
      <div id={`${id}-about`}>
        {problem ? (
          <p class="problem" role="alert">
            {problem}
          </p>
        ) : null}
        {hint ? <p class="soft">{hint}</p> : null}
      </div>
    </fieldset>
  )
}
