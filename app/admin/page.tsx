import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useDesk } from './desk/context.ts'
import { Shown } from './failure.tsx'

let first = true

/**
 * A screen with its heading; a change of screen moves the focus there, the start of the app does not. What it shows
 * waits for the event's time zone and class names: times by the browser's own clock would be wrong and look right.
 */
export function Page({
  title,
  beside,
  children,
}: {
  title: string
  beside?: ComponentChildren
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { overview } = useDesk()
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true })
    first = false
    document.getElementById('main')?.scrollTo(0, 0)
  }, [])
  useEffect(() => {
    document.title = `${title} — zekken`
  }, [title])
  return (
    <div class="page">
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {beside}
      </header>
      <Shown loaded={overview}>{() => children}</Shown>
    </div>
  )
}
