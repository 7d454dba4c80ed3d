import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import './notices.css'

type HtmlOf = (markdown: string) => string
const htmlOf = signal<HtmlOf | null>(null)
let asked = false

/** Markdown as written until the reader of Markdown is here, and then as meant. */
export function MarkdownText({ text }: { text: string }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) return
    asked = true
    import('./markdown.ts').then(
      (file) => {
        htmlOf.value = file.htmlOf
      },
      // Without a network on a phone that has no copy: what was written can be read all the same.
      () => {
        asked = false
      },
    )
  }, [])
  const html = htmlOf.value?.(text)
  useEffect(() => {
    for (const link of ref.current?.querySelectorAll('a') ?? []) {
      link.target = '_blank'
      link.rel = 'noopener noreferrer'
    }
  }, [html])
  if (html === undefined) return <p class="as-written">{text}</p>
  return <div ref={ref} class="marked" dangerouslySetInnerHTML={{ __html: html }} />
}
