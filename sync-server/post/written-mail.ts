import { createHash } from 'node:crypto'

export type MailAttachment = {
  filename: string
  contentType: string
  content: Uint8Array
  /** Named so by a picture in the HTML. */
  cid?: string
}

/** A mail with everything in it but the way it takes. */
export type WrittenMail = {
  messageId: string
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  attachments: MailAttachment[]
}

/** https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4 */
export const messageIdOf = (key: string, domain: string) =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`

/** One line, whatever a name holds: a header must not be able to begin another. */
export const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200)
