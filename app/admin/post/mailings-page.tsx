import { useEffect, useState } from 'preact/hooks'
import type { MailingRow, MailingsPage as Mailings } from '../../../design-docs/stations.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pill } from '../../ui/pill.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { NewMailing } from './new-mailing.tsx'
import { postWords } from './post-words.ts'
import { useSending } from './use-sending.ts'

/** Mail to everyone who entered: written, looked at, sent within the budgets, and cancelled on the way. */
export function MailingsPage() {
  const t = postWords.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/mailings`
  const loaded = useLoaded<Mailings>(path, { desk, live, concerns: () => false })
  const [cancelling, setCancelling] = useState<MailingRow | null>(null)
  useEffect(() => {
    const timer = setInterval(loaded.reload, 5000)
    return () => clearInterval(timer)
  }, [path])
  return (
    <Page title={t.mailings}>
      <div class="columns">
        <NewMailing path={path} onSent={loaded.reload} />
        <section class="sheet stack">
          <h2>{t.mailings}</h2>
          <Shown loaded={loaded}>
            {({ mailings }) =>
              mailings.length === 0 ? (
                <p class="soft">{t.noMailings}</p>
              ) : (
                <ul class="list">
                  {mailings.map((one) => (
                    <Row key={one.id} mailing={one} onCancel={() => setCancelling(one)} />
                  ))}
                </ul>
              )
            }
          </Shown>
        </section>
      </div>
      {cancelling ? (
        <CancelDialog
          mailing={cancelling}
          path={path}
          onClose={() => {
            setCancelling(null)
            loaded.reload()
          }}
        />
      ) : null}
    </Page>
  )
}

const tones = { expanding: 'wait', queued: 'wait', done: 'ok', cancelled: 'quiet' } as const

function Row({ mailing, onCancel }: { mailing: MailingRow; onCancel: () => void }) {
  const t = postWords.value
  const { overview } = useDesk()
  const { subject, state, sent, waiting, mails, createdAt } = mailing
  const is = state === 'queued' && waiting === 0 ? 'done' : state
  return (
    <li>
      <div class="grow">
        <b>{subject}</b>
        <div class="soft">
          {dayAndTime(createdAt, overview.value?.event.timeZone)}・{t.progress(count(sent), count(mails))}
        </div>
      </div>
      <div class="row">
        <Pill tone={tones[is]}>{t.mailingStates[is]}</Pill>
        {is === 'queued' || is === 'expanding' ? <Button onClick={onCancel}>{t.cancel}</Button> : null}
      </div>
    </li>
  )
}

function CancelDialog({ mailing, path, onClose }: { mailing: MailingRow; path: string; onClose: () => void }) {
  const t = postWords.value
  const { desk } = useDesk()
  const { busy, failed, send } = useSending()
  const cancel = async () => {
    if (!(await send(() => desk.ask(`${path}/${mailing.id}/cancel`, { method: 'POST', json: {} })))) return
    toast(t.cancelled)
    onClose()
  }
  return (
    <Dialog title={t.cancelTitle} onClose={onClose}>
      <p>{t.cancelText(count(mailing.waiting))}</p>
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <Button kind="refuse" wide disabled={busy} onClick={() => void cancel()}>
        {t.cancel}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {words.value.close}
      </Button>
    </Dialog>
  )
}
