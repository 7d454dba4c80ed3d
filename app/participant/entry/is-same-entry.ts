import type { CheckedEntry } from '../../../design-docs/entry.ts'

/** Alike but for the order of their parts, which a database does not keep. */
export const isSameEntry = (a: CheckedEntry, b: CheckedEntry) =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return parts.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, inOrder(part)])
}
