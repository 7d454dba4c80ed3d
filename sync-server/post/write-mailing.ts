import { databaseName } from '../../design-docs/databases.ts'
import type { Outgoing } from '../../design-docs/mail.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { type MailingDraft, mailingDocId, mailing as mailingSchema } from '../../design-docs/stations.ts'
import { type Entered, findEntrant, isNumbered } from '../entry/entrants.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import type { Sender } from './write-reply.ts'
import { messageIdOf, oneLine, type WrittenMail } from './written-mail.ts'

/** A mailing as this entry gets it; null when it was cancelled, or the entry was withdrawn. */
export async function writeMailing(
  it: Installation,
  { key, event: code, draft, mailing: id }: Outgoing,
  { domain }: Sender,
): Promise<WrittenMail | null> {
  if (id === undefined) return null
  const [mailing, entered, eventDoc] = await Promise.all([
    readDoc(it.office, mailingDocId(id), mailingSchema),
    findEntrant(it, code, draft),
    it.couch.database(databaseName(code, 'desk')).get('event'),
  ])
  if (!mailing || mailing.state === 'cancelled' || !eventDoc) return null
  if (!entered || !isNumbered(entered) || entered.withdrawnAt !== undefined) return null
  const { name } = eventSchema.parse(eventDoc)
  return mailingMail(mailing, entered, {
    messageId: messageIdOf(key, domain),
    from: { name: oneLine(name[entered.language]), address: `zekken@${domain}` },
  })
}

type Recipient = Pick<Entered, 'number' | 'language'> & { entry: { name: string; mail: string } }

/** What an admin wrote, with `{team}` and `{number}` filled in; a blank line begins a paragraph, a bare address a link. */
export function mailingMail(
  { subject, body }: Pick<MailingDraft, 'subject' | 'body'>,
  { entry, number, language }: Recipient,
  about: Pick<WrittenMail, 'messageId' | 'from'>,
): WrittenMail {
  const filled = (text: string) => text.replaceAll('{team}', () => entry.name).replaceAll('{number}', () => number)
  const title = oneLine(filled(subject))
  const paragraphs = filled(body).split(/\n\s*\n/)
  const blocks = paragraphs.map(
    (text): MailBlock =>
      /^https?:\/\/\S+$/.test(text.trim())
        ? { kind: 'link', label: text.trim(), url: text.trim() }
        : { kind: 'text', text: text.trim() },
  )
  return {
    ...about,
    to: entry.mail,
    subject: title,
    text: asText(blocks),
    html: asHtml(blocks, { title, language }),
    attachments: [],
  }
}
