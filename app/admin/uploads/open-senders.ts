import type { Desk } from '../desk/desk.ts'
import { openSender, type Sender } from './sender.ts'

const senders = new Map<string, Sender>()
const hashes = new Map<string, ReadonlySet<string>>()

/** The sender of a batch; it goes on while other screens are shown. */
export function senderOf(desk: Desk, root: string): Sender {
  const known = senders.get(root) ?? openSender({ desk, root, known: () => hashes.get(root) ?? new Set() })
  senders.set(root, known)
  return known
}

/** What the server has of a batch, so that it is not sent again. */
export const noteThere = (root: string, there: Iterable<string>): void => void hashes.set(root, new Set(there))

/** Asks before a page with unsent photos is closed. */
addEventListener('beforeunload', (event) => {
  if ([...senders.values()].some((sender) => sender.active.value)) event.preventDefault()
})
