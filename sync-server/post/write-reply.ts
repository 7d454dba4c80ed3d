import { databaseName } from '../../design-docs/databases.ts'
import { team as teamSchema } from '../../design-docs/derived.ts'
import { teamId } from '../../design-docs/ids.ts'
import { isReplyOccasion, type Outgoing } from '../../design-docs/mail.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { editTokenOf } from '../entry/edit-token.ts'
import { bibTextOf } from '../login/bib-text.ts'
import type { Installation } from '../login/installation.ts'
import { entrantToWriteTo } from './entrant-to-write-to.ts'
import { replyMail } from './reply-mail.ts'
import { messageIdOf, type WrittenMail } from './written-mail.ts'

export type Sender = {
  /** Where the apps are, without a slash at its end. */
  baseUrl: string
  /** Ends Message-IDs, and the address that mails come from. */
  domain: string
}

/** The reply as entry and event are now; null when either is gone, and for what is no reply. */
export async function writeReply(
  it: Installation,
  mail: Outgoing,
  { baseUrl, domain }: Sender,
): Promise<WrittenMail | null> {
  const { key, event: code, draft, occasion } = mail
  if (!isReplyOccasion(occasion)) return null
  const desk = it.couch.database(databaseName(code, 'desk'))
  const [entered, event] = await Promise.all([entrantToWriteTo(it, mail), desk.get('event')])
  if (!entered || !event) return null
  const { number } = entered
  const team = await desk.get(teamId(number))
  // A team that has just entered has its first bib.
  const issue = team ? teamSchema.parse(team).bibs.issue : 1
  return replyMail({
    occasion,
    entered,
    event: eventSchema.parse(event),
    bibText: await bibTextOf(it.keys, { event: code, number, issue }),
    baseUrl,
    editToken: editTokenOf(it, code, draft),
    messageId: messageIdOf(key, domain),
    from: `zekken@${domain}`,
    now: it.now(),
  })
}
