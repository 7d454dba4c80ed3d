import type { ComponentChildren } from 'preact'

/** A table that scrolls sideways in itself on a narrow screen, by keys too. */
export function TableScroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
