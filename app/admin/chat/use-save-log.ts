import { words as common } from '../../i18n/admin-words.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './chat-words.ts'

/** Saves the log of a team, or of all, as the server writes it. */
export function useSaveLog(): (team?: string) => Promise<void> {
  const { desk, who } = useDesk()
  return async (team) => {
    const query = team === undefined ? '' : `?team=${team}`
    const answer = await desk.ask(`/api/events/${who.event}/chat-log${query}`, { binary: true })
    if (answer.kind === 'ok') {
      const name = `${who.event}-chat${team === undefined ? '' : `-${team}`}.csv`
      saveFile(answer.body as ArrayBuffer, { name, type: 'text/csv' })
    }
    toast(answer.kind === 'ok' ? words.value.exported : common.value.failed.other)
  }
}
