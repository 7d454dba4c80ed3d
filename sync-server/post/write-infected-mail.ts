import type { Outgoing } from '../../design-docs/mail.ts'
import type { MailBlock } from './mail-blocks.ts'
import { toAdmins } from './to-admins.ts'
import type { Sender } from './write-reply.ts'
import { oneLine, type WrittenMail } from './written-mail.ts'

/** Tells the admins, in both languages, what the scanner found in a picture; whose it was is on the page it leads to. */
export function writeInfectedMail({ key, to, event, infected }: Outgoing, sender: Sender): WrittenMail | null {
  if (to === undefined || !infected) return null
  const { baseUrl } = sender
  const found = oneLine(infected.found)
  const subject = `マルウェアの疑いのある画像を隔離しました（${event}） / A picture was put in quarantine`
  const blocks: MailBlock[] = [
    {
      kind: 'text',
      text: `大会 ${event} に送られた画像から「${found}」が見つかりました。画像は隔離され、誰にも表示されません。記録はそのまま残っています。同じ端末やパソコンから送られたほかのファイルにもご注意ください。このお知らせは1時間に1通までです。見つかったものはすべて「問題」にあります。`,
    },
    {
      kind: 'text',
      text: `${found} was found in a picture sent to the event ${event}. It lies in quarantine and is shown to nobody; its record stands. Mind other files from the same phone or computer. This is told once an hour at most; the page below lists all that was found.`,
    },
    { kind: 'link', label: '問題 / Problems', url: `${baseUrl}/admin/problems` },
  ]
  return toAdmins({ key, to, subject, blocks }, sender)
}
