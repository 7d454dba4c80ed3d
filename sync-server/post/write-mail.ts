import type { Outgoing } from '../../design-docs/mail.ts'
import { isForgotten } from '../forget/forgotten-events.ts'
import type { Installation } from '../login/installation.ts'
import { writeApplicationMail } from './write-application-mail.ts'
import { writeMailing } from './write-mailing.ts'
import { writeOfficeMail } from './write-office-mail.ts'
import { writePasscode } from './write-passcode.ts'
import { type Sender, writeReply } from './write-reply.ts'
import type { WrittenMail } from './written-mail.ts'

/** What a mail of any kind says now; null when there is nobody to write to, or nothing to say any more: nothing goes out of a
 * forgotten event or to a forgotten team, however long it has waited. */
export async function writeMail(it: Installation, mail: Outgoing, sender: Sender): Promise<WrittenMail | null> {
  const isOfStations = mail.kind === 'test' || mail.news !== undefined
  if (!isOfStations && (await isForgotten(it, mail.event))) return null
  switch (mail.kind) {
    case 'passcode':
      return await writePasscode(it, mail, sender)
    case 'reply':
      return await writeReply(it, mail, sender)
    case 'mailing':
      return await writeMailing(it, mail, sender)
    case 'application':
      return await writeApplicationMail(it, mail, sender)
    case 'notice':
    case 'test':
      return writeOfficeMail(mail, sender)
  }
}
