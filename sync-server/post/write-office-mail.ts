import type { Outgoing } from '../../design-docs/mail.ts'
import type { MailBlock } from './mail-blocks.ts'
import { toAdmins } from './to-admins.ts'
import { writeInfectedMail } from './write-infected-mail.ts'
import type { Sender } from './write-reply.ts'
import { writeRetentionMail } from './write-retention-mail.ts'
import type { WrittenMail } from './written-mail.ts'

/** Mails to those who run the installation, whose language nobody knows: in both. */
const said = {
  retired: {
    subject: (name: string) => `配信局「${name}」が休止しました / Mail station ${name} was retired`,
    ja: (name: string, reason: string) =>
      `配信局「${name}」から送れないため、休止しました。代わりの配信局が送信を続けます。\n理由: ${reason}`,
    en: (name: string, reason: string) =>
      `The mail station ${name} could not send and was retired. Another one takes its place, and it is tried again later.\nReason: ${reason}`,
  },
  back: {
    subject: (name: string) => `配信局「${name}」が復帰しました / Mail station ${name} is back`,
    ja: (name: string, _reason: string) => `配信局「${name}」から再び送れるようになりました。`,
    en: (name: string, _reason: string) => `The mail station ${name} can send again.`,
  },
  test: {
    subject: '配信局の試し送り / Test of a mail station',
    ja: 'このメールが届いたので、配信局は正しく設定されています。',
    en: 'This mail has arrived, so the mail station is set up well.',
  },
}

/** News of a station, or its test, a reminder of a date, what a scanner found; null when it is none of them. */
export function writeOfficeMail(mail: Outgoing, sender: Sender): WrittenMail | null {
  const { key, to, kind, news } = mail
  const { baseUrl } = sender
  if (to === undefined) return null
  if (mail.infected) return writeInfectedMail(mail, sender)
  if (mail.retention) return writeRetentionMail(mail, sender)
  const words = kind === 'notice' && news ? said[news.is] : null
  if (kind === 'notice' && !news) return null
  const subject = words && news ? words.subject(news.name) : said.test.subject
  const texts =
    words && news ? [words.ja(news.name, news.reason), words.en(news.name, news.reason)] : [said.test.ja, said.test.en]
  const blocks: MailBlock[] = [
    ...texts.map((text) => ({ kind: 'text' as const, text })),
    { kind: 'link', label: '配信局 / Mail stations', url: `${baseUrl}/admin/mails/stations` },
  ]
  return toAdmins({ key, to, subject, blocks }, sender)
}
