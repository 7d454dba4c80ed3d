import { useEffect, useState } from 'preact/hooks'
import type { MailboxItem, MailRow } from '../../../design-docs/mail.ts'
import { words } from '../../i18n/admin-words.ts'
import type { Answer } from '../../store/http.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'

/** A mail as it lies in the mailbox: its text, its pictures, and what else came along. */
export function MailDialog({ mail, onClose }: { mail: MailRow; onClose: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let current = true
    const read = { method: 'POST' as const, json: { key: mail.key } }
    void desk.ask(`/api/events/${who.event}/mails/read`, read).then((got) => current && setAnswer(got))
    return () => {
      current = false
    }
  }, [mail.key, asked])
  const loaded = {
    value: answer?.kind === 'ok' ? (answer.body as MailboxItem) : null,
    failure: answer === null || answer.kind === 'ok' ? null : answer,
    reload: () => setAsked(asked + 1),
  }
  return (
    <Dialog title={t.mails.occasions[mail.occasion]} onClose={onClose}>
      <Shown loaded={loaded}>{(item) => <Content item={item} />}</Shown>
      <Button kind="bare" wide onClick={onClose}>
        {t.close}
      </Button>
    </Dialog>
  )
}

function Content({ item }: { item: MailboxItem }) {
  const t = words.value.mails
  return (
    <div class="stack">
      <Facts
        rows={[
          [t.from, item.from],
          [t.to, item.to],
          [t.subject, item.subject],
          [t.attachments, item.attachments.map(({ filename }) => filename).join(', ')],
        ]}
      />
      {Object.entries(item.pictures).map(([cid, url]) => (
        <img key={cid} class="mail-picture" src={url} alt={t.picture} width="200" height="200" />
      ))}
      <div class="mail-text">{withLinks(item.text)}</div>
    </div>
  )
}

/** Only addresses become links; everything else stays the text it is. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={part + String(index)} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  )
