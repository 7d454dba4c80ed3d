import type { ComponentChildren } from 'preact'

/** Four meanings, the same on every screen; the words say it too, never the colour alone. */
export type Tone = 'ok' | 'wait' | 'warn' | 'no'

export function Pill({ tone, children }: { tone: Tone | 'quiet'; children: ComponentChildren }) {
  return <span class={`pill ${tone}`}>{children}</span>
}
