import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'

type ButtonProps = {
  /** `main` is the one next action of a screen: the widest button, at the bottom. */
  kind?: 'main' | 'plain' | 'bare' | 'approve' | 'refuse'
  wide?: boolean
  /** The key that does the same, shown on the button and told to screen readers. */
  hint?: string
  children: ComponentChildren
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'children'>

/** A target of at least 48 px that never submits a form unless asked to. */
export function Button({ kind = 'plain', wide = false, hint, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${kind}${wide ? ' wide' : ''}`}
      {...(hint ? { 'aria-keyshortcuts': hint } : {})}
      {...rest}
    >
      {children}
      {hint ? <kbd class="key-hint">{hint}</kbd> : null}
    </button>
  )
}
