import { keptSignal } from '../ui/kept-signal.ts'

export const sources = ['camera', 'wedge'] as const
export type Source = (typeof sources)[number]

/** What bibs are read with here. */
export const source = keptSignal<Source>('zekken.source', 'camera', (value) => sources.find((one) => one === value))
/** Return to the camera by itself after a check-in that needs nobody's attention. */
export const rapid = keptSignal<boolean>('zekken.rapid', false, (value) => value === true)
/** The lens that was chosen last, by the browser's id for it. */
export const lensId = keptSignal<string>('zekken.lens', '', (value) => (typeof value === 'string' ? value : undefined))
