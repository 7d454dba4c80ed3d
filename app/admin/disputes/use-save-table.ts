import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './dispute-words.ts'

/** Saves a table as the server writes it. */
export function useSaveTable(): (path: string, name: string) => Promise<void> {
  const { desk, who } = useDesk()
  return async (path, name) => {
    const answer = await desk.ask(`/api/events/${who.event}/${path}`, { binary: true })
    if (answer.kind === 'ok')
      saveFile(answer.body as ArrayBuffer, { name: `${who.event}-${name}.csv`, type: 'text/csv' })
    else toast(words.value.csvFailed)
  }
}
