import type { Outgoing } from '../../design-docs/mail.ts'
import type { MailBlock } from './mail-blocks.ts'
import { toAdmins } from './to-admins.ts'
import type { Sender } from './write-reply.ts'
import type { WrittenMail } from './written-mail.ts'

/** Reminds the admins of the date at which an event's data are to go, in both languages. */
export function writeRetentionMail({ key, to, retention }: Outgoing, sender: Sender): WrittenMail | null {
  if (to === undefined || !retention) return null
  const { baseUrl } = sender
  const { name, at, timeZone, agreed } = retention
  const day = (language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at)
  const subject = `「${name}」のデータ保存期限が近づいています / The data of an event are soon to be deleted`
  const ja = agreed
    ? `「${name}」の写真と個人情報は、${day('ja')}に自動で削除されます。残したい成績は、それまでに書き出してください。取り消す場合は、下の画面で行います。`
    : `「${name}」の写真と個人情報の保存期限は${day('ja')}です。削除は、管理者が下の画面で承認してから行われます。残したい成績は先に書き出してください。`
  const en = agreed
    ? `Photos and personal data of ${name} are deleted by themselves on ${day('en')}. Export what is to stay before that; the agreement can be taken back on the page below.`
    : `Photos and personal data of ${name} are to be deleted on ${day('en')}. Nothing goes before an admin agrees on the page below. Export what is to stay first.`
  const blocks: MailBlock[] = [
    { kind: 'text', text: ja },
    { kind: 'text', text: en },
    { kind: 'link', label: 'データの削除 / Deletion of data', url: `${baseUrl}/admin/forgetting` },
  ]
  return toAdmins({ key, to, subject, blocks }, sender)
}
