import { databaseName } from '../../design-docs/databases.ts'
import type { Outgoing } from '../../design-docs/mail.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { typedNumber } from '../login/entrant-of-number.ts'
import type { Installation } from '../login/installation.ts'
import { standingPasscode } from '../login/passcodes.ts'
import { entrantToWriteTo } from './entrant-to-write-to.ts'
import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import { passcodeWords } from './passcode-words.ts'
import type { Sender } from './write-reply.ts'
import { messageIdOf, oneLine, type WrittenMail } from './written-mail.ts'

/** The passcode that holds when it is sent; null when it was used or has run out meanwhile. */
export async function writePasscode(it: Installation, mail: Outgoing, { domain }: Sender): Promise<WrittenMail | null> {
  const { key, event: code } = mail
  const desk = it.couch.database(databaseName(code, 'desk'))
  const [entered, eventDoc] = await Promise.all([entrantToWriteTo(it, mail), desk.get('event')])
  if (!entered || entered.withdrawnAt !== undefined || !eventDoc) return null
  const passcode = await standingPasscode(it, { event: code, number: typedNumber(entered.number) })
  if (!passcode) return null
  const event = eventSchema.parse(eventDoc)
  const { language, number } = entered
  const t = passcodeWords[language]
  const until = new Date(passcode.expiresAt).toLocaleTimeString(language, {
    timeZone: event.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  })
  const blocks: MailBlock[] = [
    { kind: 'text', text: t.lead(event.name[language], number) },
    { kind: 'large', label: t.passcode, text: passcode.digits },
    { kind: 'text', text: t.until(until) },
    { kind: 'text', text: t.foot },
  ]
  // Subjects stand on locked screens and in logs: the digits are not in it.
  const subject = oneLine(t.subject(event.name[language]))
  return {
    messageId: messageIdOf(key, domain),
    from: { name: oneLine(event.name[language]), address: `zekken@${domain}` },
    to: entered.entry.mail,
    subject,
    text: asText(blocks),
    html: asHtml(blocks, { title: subject, language }),
    attachments: [],
  }
}
