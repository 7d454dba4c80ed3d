import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type MailboxItem, mailboxItem } from '../../design-docs/mail.ts'
import { composeMail } from './compose-mail.ts'
import type { Transport } from './try-mail.ts'
import type { WrittenMail } from './written-mail.ts'

export type Mailbox = Transport & {
  /** What a mail said; null when it is not here. */
  read(messageId: string): Promise<MailboxItem | null>
  /** Deletes it, where it is here. */
  remove(messageId: string): Promise<void>
}

/**
 * Where mails go without a mail server: a folder with each as a file that mail programs open (`.eml`, RFC 5322) and as
 * one that the console reads. A mail that comes again replaces itself.
 */
export function openMailbox(folder: string): Mailbox {
  const pathOf = (messageId: string, ending: string) => join(folder, `${fileName(messageId)}.${ending}`)

  async function keep(path: string, content: Uint8Array | string): Promise<void> {
    await writeFile(`${path}~`, content, { mode: 0o600 })
    await rename(`${path}~`, path)
  }

  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await keep(pathOf(mail.messageId, 'eml'), await composeMail(mail))
      await keep(pathOf(mail.messageId, 'json'), JSON.stringify(itemOf(mail)))
    },
    async read(messageId) {
      const text = await readFile(pathOf(messageId, 'json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        return null
      })
      return text === null ? null : mailboxItem.parse(JSON.parse(text))
    },
    async remove(messageId) {
      for (const ending of ['eml', 'json']) await rm(pathOf(messageId, ending), { force: true })
    },
  }
}

const fileName = (messageId: string) => /^<([0-9a-f]{40})@/.exec(messageId)?.[1] ?? 'unnamed'

function itemOf({ messageId, from, to, subject, text, html, attachments }: WrittenMail): MailboxItem {
  const pictures = attachments.flatMap(({ cid, contentType, content }) =>
    cid === undefined ? [] : [[cid, `data:${contentType};base64,${Buffer.from(content).toString('base64')}`]],
  )
  return {
    messageId,
    from: `${from.name} <${from.address}>`,
    to,
    subject,
    text,
    html,
    attachments: attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      bytes: content.length,
    })),
    pictures: Object.fromEntries(pictures),
  }
}
