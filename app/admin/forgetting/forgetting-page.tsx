import { useState } from 'preact/hooks'
import type { ForgettingPage as Standing } from '../../../design-docs/forgetting.ts'
import { dayAndTime, timeOf } from '../../i18n/format.ts'
import { longDay } from '../../i18n/long-day.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { AgreeDialog } from './agree-dialog.tsx'
import { words } from './forgetting-words.ts'
import { ForgottenNotice } from './forgotten-notice.tsx'
import { KindCounts } from './kind-counts.tsx'

/** When the event's data go, what that is, and an admin's agreement to it. */
export function ForgettingPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/forgetting`
  const loaded = useLoaded<Standing>(path, { desk, live, concerns: () => false })
  const [newer, setNewer] = useState<Standing | null>(null)
  const isGone = loaded.failure?.kind === 'refused' && loaded.failure.code === 'ZK-AUTH-009'
  const withdraw = async () => {
    const answer = await desk.ask(path, { method: 'DELETE' })
    if (answer.kind !== 'ok') return void toast(t.failed(answer.kind === 'refused' ? answer.code : '—'))
    toast(t.withdrawn)
    setNewer(answer.body as Standing)
  }
  if (isGone) return <ForgottenNotice desk={desk} event={who.event} />
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      <Shown loaded={newer ? { ...loaded, value: newer } : loaded}>
        {(standing) => <Body standing={standing} onChange={setNewer} onWithdraw={() => void withdraw()} />}
      </Shown>
    </Page>
  )
}

type Props = { standing: Standing; onChange: (page: Standing) => void; onWithdraw: () => void }

function Body({ standing: { now, retention, agreed, preview }, onChange, onWithdraw }: Props) {
  const t = words.value
  const { desk, overview, nameOf, who } = useDesk()
  const [asking, setAsking] = useState(false)
  const [begun, setBegun] = useState(false)
  const zone = overview.value?.event.timeZone
  if (retention === null)
    return (
      <State icon="records" title={t.noDate} text={t.noDateText}>
        <a class="button main" href="/admin/setup/event">
          {t.toSetup}
        </a>
      </State>
    )
  if (begun) return <ForgottenNotice desk={desk} event={who.event} />
  const isDue = now >= retention
  return (
    <div class="stack">
      <section class="sheet stack">
        <Facts
          rows={[
            [t.date, `${longDay(retention, zone)} ${timeOf(retention, zone)}`],
            [
              t.state,
              agreed ? t.agreedBy(nameOf(agreed.by), dayAndTime(agreed.at, zone)) : isDue ? t.due : t.notAgreed,
            ],
          ]}
        />
        <p class="notice warn">{t.export}</p>
        <div class="row">
          {agreed ? (
            <Button onClick={onWithdraw}>{t.withdraw}</Button>
          ) : (
            <Button kind="main" onClick={() => setAsking(true)}>
              {isDue ? t.agreeNow : t.agree}
            </Button>
          )}
          <a class="button" href="/admin/setup/event">
            {t.toSetup}
          </a>
        </div>
      </section>
      <section class="sheet stack">
        <h2>{t.what}</h2>
        <p class="soft">{t.whatText}</p>
        <KindCounts counts={preview} />
      </section>
      {asking ? (
        <AgreeDialog
          retention={retention}
          isDue={isDue}
          onAgreed={(page) => {
            setAsking(false)
            if (isDue) setBegun(true)
            else onChange(page)
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}
