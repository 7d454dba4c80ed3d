import type { CheckedEntry } from '../../../design-docs/entry.ts'
import type { Application, Attempt, EntryApi, EntryPage } from './entry-api.ts'
import { isSameEntry } from './is-same-entry.ts'

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
  if (entered.result !== 'done' || isSameEntry(entered.value.entry, checked)) return entered
  const { draft, entry } = application
  return await api.edit({ event, draft, token: entered.value.editToken }, entry)
}
