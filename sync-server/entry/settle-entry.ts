import type { Installation } from '../login/installation.ts'
import { queueReply } from '../post/queue-reply.ts'
import type { Entered } from './entrants.ts'
import { tellLog } from './tell-log.ts'

/** What follows from an entry, a change or a withdrawal: the log hears of it, and the person by mail. Safe to do again. */
export async function settleEntry(it: Installation, entered: Entered): Promise<Entered> {
  const told = await tellLog(it, entered)
  await queueReply(it, told)
  return told
}
