import { useState } from 'preact/hooks'
import { said } from '../i18n/dictionary.ts'
import { dayAndTime } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { ParcelSheets } from '../parcels/parcel-sheets.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { ageText } from './age-text.ts'
import { connection } from './connection.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { Notices } from './notices.tsx'
import { OwnDevices } from './own-devices.tsx'
import { useOwnTeam } from './own-team.ts'
import { RefusedSheet } from './refused-sheet.tsx'
import { Screen } from './screen.tsx'
import { Settings } from './settings.tsx'
import { WaysIn } from './ways-in.tsx'

/** Behind the strip: how old the copy is, whose it is, how it looks, and the way out. */
export function StatusScreen() {
  const { store, timeZone } = useOwnTeam()
  const [leaving, setLeaving] = useState(false)
  const t = words.value
  const { busy } = store.status
  return (
    <Screen
      title={t.status.title}
      back="/team/"
      action={
        <Button kind="main" disabled={busy.value} onClick={() => void store.sync()}>
          {busy.value ? t.status.checking : t.status.check}
        </Button>
      }
    >
      {store.session.state.value === 'expired' ? <SignInAgain /> : <Notices />}
      <ContactSheet />
      <RefusedSheet />
      <ParcelSheets store={store} timeZone={timeZone.value} />
      <Settings />
      {store.session.state.value === 'signed-in' ? <OwnDevices /> : null}
      <section class="sheet stack">
        <About />
        <Button wide onClick={() => setLeaving(true)}>
          {t.status.leave}
        </Button>
      </section>
      {leaving ? <LeaveDialog onClose={() => setLeaving(false)} /> : null}
    </Screen>
  )
}

function SignInAgain() {
  const t = words.value.notices
  return (
    <section class="stack">
      <div class="notice no" role="alert">
        <h2>{t.expired}</h2>
        <p>{t.expiredText}</p>
      </div>
      <WaysIn />
    </section>
  )
}

function ContactSheet() {
  const { store, lastContactAt, currentAt, now, timeZone } = useOwnTeam()
  const t = words.value.status
  const moment = (at: number) => `${dayAndTime(at, timeZone.value)} (${ageText(at, now.value)})`
  const [last, current] = [lastContactAt.value, currentAt.value]
  const isCurrent = store.session.state.value === 'signed-in' && store.status.link.value === 'online'
  return (
    <section class="sheet">
      <Facts
        rows={[
          [t.connection, connection(store).text],
          [t.last, last === null ? words.value.strip.never : moment(last)],
          [t.copy, current === null ? null : isCurrent ? t.copyCurrent : t.copyAt(dayAndTime(current, timeZone.value))],
        ]}
      />
    </section>
  )
}

/** A clock this little off is right: nobody reads seconds off a phone. */
const rightMs = 2_000

function About() {
  const { store, event } = useOwnTeam()
  const t = words.value.status
  const who = store.session.who.value
  const { offsetMs, measuredAt } = store.outbox.stamp()
  const seconds = Math.abs(offsetMs / 1000).toFixed(0)
  const clock =
    measuredAt === null
      ? t.clockUnknown
      : Math.abs(offsetMs) <= rightMs
        ? t.clockRight
        : offsetMs < 0
          ? t.clockFast(seconds)
          : t.clockSlow(seconds)
  return (
    <>
      <Facts
        rows={[
          [t.person, who?.name],
          [t.event, event.value ? said(event.value.name) : who?.event],
          [t.clock, clock],
          [t.version, __APP_VERSION__],
        ]}
      />
      <p class="soft">{t.clockText}</p>
    </>
  )
}
