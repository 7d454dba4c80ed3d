import type { ComponentChildren } from 'preact'

type TickProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  children: ComponentChildren
}

/** A checkbox whose whole row is the target. */
export function Tick({ checked, onChange, disabled = false, children }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="grow">{children}</span>
    </label>
  )
}
