import type { CheckedEntry } from '../../../design-docs/entry.ts'
import type { Application, Attempt, EntryApi, EntryPage } from './entry-api.ts'

/**
 * Enters a team. An earlier try may have arrived without our hearing of it, and the form may have been changed since:
 * the server then answers with what it got first, and is given the change.
 */
export async function sendEntry(
  api: Pick<EntryApi, 'enter' | 'edit'>,
  event: string,
  { application, checked }: { application: Application; checked: CheckedEntry },
): Promise<Attempt<EntryPage>> {
  const entered = await api.enter(event, application)
  if (entered.result !== 'done' || isSame(entered.value.entry, checked)) return entered
  const { draft, entry } = application
  return await api.edit({ event, draft, token: entered.value.editToken }, entry)
}

/** Alike but for the order of their parts, which a database does not keep. */
const isSame = (a: CheckedEntry, b: CheckedEntry) => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return parts.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, inOrder(part)])
}
