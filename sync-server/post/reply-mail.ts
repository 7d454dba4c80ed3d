import { encodeQR } from 'qr'
import type { EntryAnswers, EntryField } from '../../design-docs/entry.ts'
import type { ReplyOccasion } from '../../design-docs/mail.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import type { Entered } from '../entry/entrants.ts'
import { calendarEntry } from './calendar-entry.ts'
import { asHtml, asText, type MailBlock } from './mail-blocks.ts'
import { type ReplyWords, replyWords } from './reply-words.ts'
import { type MailAttachment, oneLine, type WrittenMail } from './written-mail.ts'

export type Reply = {
  occasion: ReplyOccasion
  entered: Entered
  event: EventDoc
  /** What the QR of the bib holds. */
  bibText: string
  /** Where the apps are, without a slash at its end. */
  baseUrl: string
  editToken: string
  messageId: string
  from: string
  now: number
}

/** The reply to an entry: number, QR, links, calendar entry, and the answers where they were asked for. */
export function replyMail(reply: Reply): WrittenMail {
  const { occasion, entered, event, messageId, from } = reply
  const { language, number } = entered
  const t: ReplyWords = replyWords[language]
  const name = event.name[language]
  const blocks = blocksOf(reply, t)
  const subject = oneLine(t.subject[occasion](name, number))
  return {
    messageId,
    from: { name: oneLine(name), address: from },
    to: entered.entry.mail,
    subject,
    text: asText(blocks),
    html: asHtml(blocks, { title: subject, language }),
    attachments: occasion === 'withdrawn' ? [] : attachmentsOf(reply),
  }
}

function blocksOf(reply: Reply, t: ReplyWords): MailBlock[] {
  const { occasion, entered, event, baseUrl } = reply
  const { language, number, entry, wantsCopy } = entered
  const greeting: MailBlock[] = [
    { kind: 'text', text: t.greeting(entry.name) },
    { kind: 'text', text: t.lead[occasion](event.name[language]) },
    { kind: 'large', label: t.number, text: number },
  ]
  const foot: MailBlock[] = [{ kind: 'text', text: t.foot }]
  if (occasion === 'withdrawn') return [...greeting, ...foot]
  const closesAt = event.entryForm?.closesAt
  return [
    ...greeting,
    { kind: 'text', text: t.code },
    { kind: 'picture', cid: 'qr', alt: t.codeAlt(number) },
    {
      kind: 'rows',
      title: t.event,
      rows: [
        [t.when, `${timeText(event.startsAt, event, language)} – ${timeText(event.endsAt, event, language)}`],
        [t.classes, classNames(reply, t)],
      ],
    },
    { kind: 'link', label: t.edit, url: editLink(reply) },
    { kind: 'text', text: closesAt === undefined ? t.keep : t.until(timeText(closesAt, event, language)) },
    { kind: 'link', label: t.app, url: `${baseUrl}/team/` },
    ...(wantsCopy ? copyOf(reply, t) : []),
    ...foot,
  ]
}

const editLink = ({ baseUrl, entered, editToken }: Reply) =>
  `${baseUrl}/team/entry/${entered.event}/${entered.draft}#key=${editToken}`

function timeText(at: number, { timeZone }: EventDoc, language: string): string {
  return new Date(at).toLocaleString(language, { timeZone, dateStyle: 'long', timeStyle: 'short' })
}

function classNames({ entered, event }: Reply, t: ReplyWords): string {
  const chosen = event.classes.filter(({ id }) => entered.entry.classIds.includes(id))
  return chosen.map(({ name }) => name[entered.language]).join(t.join)
}

function copyOf(reply: Reply, t: ReplyWords): MailBlock[] {
  const { entered, event } = reply
  const { entry, language } = entered
  const form = event.entryForm
  const asked = (of: EntryField['of'], answers: EntryAnswers) =>
    (form?.fields ?? []).flatMap((field): [string, string][] => {
      const answer = answers[field.id]
      if (field.of !== of || answer === undefined || answer === '') return []
      return [[field.label[language], answerText(field, answer, { language, join: t.join })]]
    })
  const members = entry.members.map(({ id, name, kana, age, gender }, index): [string, string] => {
    const about = [name, kana, age === undefined ? undefined : t.age(age), gender && t.genders[gender]]
    const more = asked('member', entry.memberAnswers[id] ?? {}).map(([label, text]) => `${label}: ${text}`)
    return [t.member(index + 1), [about.filter(Boolean).join(t.join), ...more].join('\n')]
  })
  const consents = (form?.consents ?? []).filter(({ id }) => entry.consents.includes(id))
  const rows: [string, string | undefined][] = [
    [t.team, entry.name],
    [t.kana, entry.kana],
    [t.mail, entry.mail],
    [t.phone, entry.phone],
    ...members,
    ...asked('entry', entry.answers),
    [t.consents, consents.map(({ text }) => text[language]).join('\n')],
  ]
  return [{ kind: 'rows', title: t.copy, rows: rows.flatMap(([name, value]) => (value ? [[name, value]] : [])) }]
}

type AnswerStyle = { language: keyof Words; join: string }

function answerText({ choices }: EntryField, answer: EntryAnswers[string], { language, join }: AnswerStyle): string {
  const labelOf = (id: string) => choices?.find((choice) => choice.id === id)?.label[language] ?? id
  if (Array.isArray(answer)) return answer.map(labelOf).join(join)
  return choices ? labelOf(String(answer)) : String(answer)
}

function attachmentsOf(reply: Reply): MailAttachment[] {
  const { entered, event, bibText, messageId, now } = reply
  const calendar = calendarEntry({
    uid: messageId.slice(1, -1),
    title: event.name[entered.language],
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    url: editLink(reply).split('#')[0] ?? '',
    stampedAt: now,
  })
  return [
    {
      filename: 'qr.gif',
      contentType: 'image/gif',
      content: encodeQR(bibText, 'gif', { scale: 8, border: 4 }),
      cid: 'qr',
    },
    {
      filename: 'event.ics',
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      content: Buffer.from(calendar),
    },
  ]
}
