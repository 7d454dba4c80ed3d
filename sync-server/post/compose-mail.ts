import { createTransport } from 'nodemailer'
import type { WrittenMail } from './written-mail.ts'

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

/** The mail as it goes over the wire, RFC 5322; `from` replaces the address, whose name stays. */
export async function composeMail({ attachments, ...mail }: WrittenMail, from?: string): Promise<Buffer> {
  const { message } = await composer.sendMail({
    ...mail,
    from: { name: mail.from.name, address: from ?? mail.from.address },
    // Byte for byte: a text on its way has its line ends changed.
    attachments: attachments.map(({ content, ...rest }) => ({
      ...rest,
      content: Buffer.from(content),
      contentTransferEncoding: 'base64' as const,
    })),
    // Nobody's out-of-office note should answer: https://www.rfc-editor.org/rfc/rfc3834#section-5
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return message as Buffer
}
