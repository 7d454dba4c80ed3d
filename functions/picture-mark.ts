import { hash } from 'node:crypto'

/** Is part of every mark: when other bytes come of the same picture, all are made anew. */
const making = 1

/** Sixteen hex digits for what a picture is made of. */
export const pictureMark = (...from: unknown[]): string =>
  hash('sha256', JSON.stringify([making, ...from])).slice(0, 16)
