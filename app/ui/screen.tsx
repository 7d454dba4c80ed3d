import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from './icon.tsx'

export type ScreenProps = {
  title: string
  /** The title is for screen readers only, where the screen speaks for itself. */
  quiet?: boolean
  back?: string | undefined
  backLabel: string
  /** The next action; it stays at the bottom, under the thumb. */
  action?: ComponentChildren
  children: ComponentChildren
}

/** Only a change of screen moves the focus: at the start the browser's own place is right. */
let first = true

/** A screen: its heading takes the focus when it appears, so that screen readers and keys start there. */
export function Screen({ title, quiet = false, back, backLabel, action, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { route } = useLocation()
  useEffect(() => {
    // A field that the screen itself chose keeps the focus.
    const chosen = heading.current?.closest('main')?.contains(document.activeElement)
    if (!first && !chosen) heading.current?.focus({ preventScroll: true })
    first = false
    scrollTo(0, 0)
  }, [])
  useEffect(() => {
    document.title = `${title} — zekken`
  }, [title])
  return (
    <main id="main" class="screen">
      <header class={quiet ? 'hidden-text' : 'screen-head'}>
        {back ? (
          <button type="button" class="button bare back" aria-label={backLabel} onClick={() => route(back)}>
            <Icon name="back" />
          </button>
        ) : null}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      {children}
      {action ? <div class="screen-action">{action}</div> : null}
    </main>
  )
}
