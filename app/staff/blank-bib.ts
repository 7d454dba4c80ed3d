import { signal } from '@preact/signals'

/** The signed bib without a team that was scanned last and is about to be given to one. */
export const blankBib = signal<{ number: string; issue: number } | null>(null)
