import { databaseName } from '../../design-docs/databases.ts'
import type { Outgoing } from '../../design-docs/mail.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { type MailingDraft, mailingDocId, mailing as mailingSchema } from '../../design-docs/stations.ts'
import type { Entered } from '../entry/entrants.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { entrantToWriteTo } from './entrant-to-write-to.ts'
import { linkedText, type TextPart } from './linked-text.ts'
import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import type { Sender } from './write-reply.ts'
import { messageIdOf, oneLine, type WrittenMail } from './written-mail.ts'

/** A mailing as this entry gets it; null when it was cancelled, or the entry was withdrawn. */
export async function writeMailing(it: Installation, mail: Outgoing, { domain }: Sender): Promise<WrittenMail | null> {
  const { key, event: code, mailing: id } = mail
  if (id === undefined) return null
  const [mailing, entered, eventDoc] = await Promise.all([
    readDoc(it.office, mailingDocId(id), mailingSchema),
    entrantToWriteTo(it, mail),
    it.couch.database(databaseName(code, 'desk')).get('event'),
  ])
  if (!mailing || mailing.state === 'cancelled' || !eventDoc) return null
  if (!entered || entered.withdrawnAt !== undefined) return null
  const { name } = eventSchema.parse(eventDoc)
  return mailingMail(mailing, entered, {
    messageId: messageIdOf(key, domain),
    from: { name: oneLine(name[entered.language]), address: `zekken@${domain}` },
  })
}

type Words = Pick<MailingDraft, 'subject' | 'body'>
type Recipient = Pick<Entered, 'number' | 'language'> & { entry: { name: string; mail: string } }

/** What an admin wrote as this entry gets it: as text, and as HTML whose addresses can be followed. */
export function mailingMail(draft: Words, to: Recipient, about: Pick<WrittenMail, 'messageId' | 'from'>): WrittenMail {
  const title = oneLine(filled(draft.subject, to))
  const blocks = mailingParagraphs(draft, to).map((parts): MailBlock => ({ kind: 'prose', parts }))
  return {
    ...about,
    to: to.entry.mail,
    subject: title,
    text: asText(blocks),
    html: asHtml(blocks, { title, language: to.language }),
    attachments: [],
  }
}

/**
 * The paragraphs between blank lines, with `{team}` and `{number}` filled in, also in addresses. What a team is called
 * never becomes one.
 */
export const mailingParagraphs = ({ body }: Pick<Words, 'body'>, to: Recipient): TextPart[][] =>
  body
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) =>
      linkedText(paragraph.trim()).map(({ text, url }): TextPart => {
        if (url === undefined) return { text: filled(text, to) }
        const address = filled(url, to, encodeURIComponent)
        return { text: address, url: address }
      }),
    )

const filled = (text: string, { entry, number }: Recipient, as = (value: string) => value) =>
  text.replaceAll(/\{team\}|\{number\}/g, (name) => as(name === '{team}' ? entry.name : number))
