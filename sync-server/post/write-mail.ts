import type { Outgoing } from '../../design-docs/mail.ts'
import type { Installation } from '../login/installation.ts'
import { writePasscode } from './write-passcode.ts'
import { type Sender, writeReply } from './write-reply.ts'
import type { WrittenMail } from './written-mail.ts'

/** What a mail of any kind says now; null when there is nobody to write to, or nothing to say any more. */
export const writeMail = (it: Installation, mail: Outgoing, sender: Sender): Promise<WrittenMail | null> =>
  mail.kind === 'passcode' ? writePasscode(it, mail, sender) : writeReply(it, mail, sender)
