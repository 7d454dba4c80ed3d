import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type FieldProps = {
  label: string
  hint?: string
  /** What is wrong with the value, in words; announced when it appears. */
  problem?: string
  /** Draws the input; spread `ids` into it so that label, hint and problem belong to it. */
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ComponentChildren
}

/** A labelled input with its hint and its problem. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': problem !== undefined })}
      <div id={`${id}-about`}>
        {problem ? (
          <p class="problem" role="alert">
            {problem}
          </p>
        ) : null}
        {hint ? <p class="soft">{hint}</p> : null}
      </div>
    </div>
  )
}
