import { databaseName } from '../../design-docs/databases.ts'
import type { Outgoing } from '../../design-docs/mail.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import { findApplication } from '../entry/applications.ts'
import { applicationInvitation, applicationToken, isGranted } from '../entry/decide-application.ts'
import type { Installation } from '../login/installation.ts'
import { invitationLink } from '../login/invitation-routes.ts'
import { applicationWords } from './application-words.ts'
import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import type { Sender } from './write-reply.ts'
import { messageIdOf, oneLine, type WrittenMail } from './written-mail.ts'

/** What an applicant hears; null when it no longer holds: the invitation was used, withdrawn or has run out. */
export async function writeApplicationMail(
  it: Installation,
  { key, event: code, draft, occasion }: Outgoing,
  { baseUrl, domain }: Sender,
): Promise<WrittenMail | null> {
  const desk = it.couch.database(databaseName(code, 'desk'))
  const [found, eventDoc] = await Promise.all([findApplication(it, code, draft), desk.get('event')])
  if (!found?.decision || found.decision.is !== occasion || !eventDoc) return null
  const { language, name, mail, decision } = found
  const event = eventSchema.parse(eventDoc)
  const eventName = event.name[language] || event.name.ja || event.name.en
  const t = applicationWords[language]
  const blocks: MailBlock[] = [{ kind: 'text', text: t.to(name) }]
  if (isGranted(found)) {
    const invited = await applicationInvitation(it, found)
    if (!invited || invited.used || invited.withdrawn || invited.expiresAt <= it.now()) return null
    const { role } = found.decision
    const format = { timeZone: event.timeZone, dateStyle: 'long', timeStyle: 'short' } as const
    const until = new Date(invited.expiresAt).toLocaleString(language, format)
    blocks.push(
      { kind: 'text', text: t.granted(eventName, t.roles[role]) },
      { kind: 'text', text: t.open },
      { kind: 'link', label: t.link, url: invitationLink(baseUrl, role, { token: applicationToken(it, found) }) },
      { kind: 'text', text: t.until(until) },
    )
  } else {
    blocks.push({ kind: 'text', text: t.declined(eventName) })
    if (decision.is === 'declined' && decision.word) blocks.push({ kind: 'text', text: decision.word })
  }
  blocks.push({ kind: 'text', text: t.foot })
  const subject = oneLine(occasion === 'granted' ? t.grantedSubject(eventName) : t.declinedSubject(eventName))
  return {
    messageId: messageIdOf(key, domain),
    from: { name: oneLine(eventName), address: `zekken@${domain}` },
    to: mail,
    subject,
    text: asText(blocks),
    html: asHtml(blocks, { title: subject, language }),
    attachments: [],
  }
}
