import { useEffect, useState } from 'preact/hooks'
import type { MailPage, MailRow } from '../../../design-docs/mail.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { postWords } from '../post/post-words.ts'
import { MailDialog } from './mail-dialog.tsx'

/** Mails that wait, failed or went out; without a mail server they can be read here. */
export function MailsPage() {
  const t = words.value.mails
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/mails`
  const loaded = useLoaded<MailPage>(path, { desk, live, concerns: ({ teams }) => teams.length > 0, gatherMs: 2000 })
  const [reading, setReading] = useState<MailRow | null>(null)
  useEffect(() => {
    // A mail goes out without a word in the feed.
    const timer = setInterval(loaded.reload, 15_000)
    return () => clearInterval(timer)
  }, [path])
  const retry = async ({ key }: MailRow) => {
    const answer = await desk.ask(`${path}/retry`, { method: 'POST', json: { key } })
    toast(answer.kind === 'ok' ? t.retried : words.value.failed.other)
    loaded.reload()
  }
  return (
    <Page
      title={t.title}
      beside={
        <span class="row">
          <a class="button" href="/admin/mails/mailings">
            {postWords.value.mailings}
          </a>
          <a class="button" href="/admin/mails/stations">
            {postWords.value.stations}
          </a>
        </span>
      }
    >
      <Shown loaded={loaded}>
        {({ mailbox, mails, total }) => (
          <div class="stack">
            {mailbox === 'stations' ? null : <p class="notice">{mailbox === 'shown' ? t.shown : t.kept}</p>}
            {total > mails.length ? <p class="soft">{t.newest(count(mails.length), count(total))}</p> : null}
            {mails.length === 0 ? (
              <State icon="bell" title={t.empty} text={t.emptyText} />
            ) : (
              <ul class="list sheet">
                {mails.map((mail) => (
                  <Row
                    key={mail.key}
                    mail={mail}
                    isKept={mailbox !== 'stations'}
                    {...(mailbox === 'shown' && mail.state === 'sent' && { onRead: () => setReading(mail) })}
                    {...(mail.state !== 'sent' && { onRetry: () => void retry(mail) })}
                  />
                ))}
              </ul>
            )}
          </div>
        )}
      </Shown>
      {reading ? <MailDialog mail={reading} onClose={() => setReading(null)} /> : null}
    </Page>
  )
}

const tones = { sent: 'ok', waiting: 'wait', parked: 'warn' } as const

type RowProps = { mail: MailRow; isKept: boolean; onRead?: () => void; onRetry?: () => void }

function Row({ mail, isKept, onRead, onRetry }: RowProps) {
  const t = words.value.mails
  const { overview } = useDesk()
  const { team, teamName, occasion, state, at, tries, error } = mail
  return (
    <li>
      <div class="grow">
        {team === null ? null : <b class="digits">{team}</b>} {teamName}
        <div class="soft">
          {t.occasions[occasion]}・{dayAndTime(at, overview.value?.event.timeZone)}
          {tries > 1 ? `・${t.tries(count(tries))}` : ''}
        </div>
        {error === null ? null : <div class="problem-text">{error}</div>}
      </div>
      <div class="row">
        <Pill tone={tones[state]}>{isKept ? t.states[state] : t.sending[state]}</Pill>
        {onRead ? <Button onClick={onRead}>{t.read}</Button> : null}
        {onRetry ? <Button onClick={onRetry}>{t.retry}</Button> : null}
      </div>
    </li>
  )
}
