import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import type { Sender } from './write-reply.ts'
import { messageIdOf, oneLine, type WrittenMail } from './written-mail.ts'

type ToAdmins = { key: string; to: string; subject: string; blocks: readonly MailBlock[] }

/** A mail to those who run the installation, in both languages: nobody knows theirs. */
export function toAdmins({ key, to, subject, blocks }: ToAdmins, { domain }: Pick<Sender, 'domain'>): WrittenMail {
  const title = oneLine(subject)
  return {
    messageId: messageIdOf(key, domain),
    from: { name: 'zekken', address: `zekken@${domain}` },
    to,
    subject: title,
    text: asText(blocks),
    html: asHtml(blocks, { title, language: 'ja' }),
    attachments: [],
  }
}
