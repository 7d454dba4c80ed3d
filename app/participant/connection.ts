import { words } from '../i18n/participant-words.ts'
import type { Store } from '../store/types.ts'

/** How things stand between this device and the server, in a shape and in words. */
export function connection({ status, session }: Store): { tone: '' | 'off' | 'bad'; text: string } {
  const t = words.value.strip
  if (session.state.value === 'expired') return { tone: 'bad', text: t.signIn }
  if (status.link.value === 'blocked') return { tone: 'off', text: t.blocked }
  if (status.link.value === 'offline') return { tone: 'off', text: t.offline }
  if (status.link.value !== 'online') return { tone: '', text: t.fetching }
  if (!status.safeToClose.value) return { tone: '', text: t.sending }
  return { tone: '', text: status.busy.value ? t.fetching : t.synced }
}
