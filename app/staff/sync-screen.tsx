import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { said } from '../i18n/dictionary.ts'
import { byteSize, dayAndTime, fromNow } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { ParcelSheets } from '../parcels/parcel-sheets.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Icon } from '../ui/icon.tsx'
import { update } from '../ui/worker-updates.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { usePhone } from './phone.ts'
import { RefusedSheet } from './refused-sheet.tsx'
import { Screen } from './screen.tsx'
import { SettingsSheet } from './settings-sheet.tsx'
import { AskForInvitation } from './sign-in.tsx'
import { placeName, station } from './station.ts'
import { StorageSheet } from './storage-sheet.tsx'

/** What is unsent and since when, what was refused, and whether it is safe to close: the list behind the strip. */
export function SyncScreen() {
  const { store } = usePhone()
  const t = words.value.sync
  const { busy } = store.status
  return (
    <Screen
      title={t.title}
      action={
        <Button kind="main" disabled={busy.value} onClick={() => void store.sync()}>
          {busy.value ? t.busy : t.now}
        </Button>
      }
    >
      <Safety />
      {store.session.state.value === 'expired' ? <SignInAgain /> : null}
      <UpdateSheet />
      <Backlog />
      <RefusedSheet />
      <Parcels />
      <StorageSheet />
      <SettingsSheet />
      <AboutPhone />
    </Screen>
  )
}

function Safety() {
  const { safeToClose } = usePhone().store.status
  const t = words.value.sync
  const safe = safeToClose.value
  return (
    <section class={`notice ${safe ? 'ok' : 'warn'} row`} role="status">
      <Icon name={safe ? 'check' : 'attention'} />
      <div class="grow">
        <h2>{safe ? t.safe : t.kept}</h2>
        <p>{safe ? t.safeText : t.keptText}</p>
      </div>
    </section>
  )
}

function Parcels() {
  const { store, timeZone } = usePhone()
  return <ParcelSheets store={store} timeZone={timeZone.value} />
}

function SignInAgain() {
  const t = words.value.sync
  return (
    <section class="stack">
      <div class="notice no" role="alert">
        <h2>{t.signInAgain}</h2>
        <p>{t.signInAgainText}</p>
      </div>
      <AskForInvitation />
    </section>
  )
}

function UpdateSheet() {
  const t = words.value.sync
  const waiting = update.value
  if (waiting === null) return null
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.update}</h2>
        <p class="soft">{t.updateText}</p>
      </div>
      <Button wide onClick={waiting.take}>
        {t.updateNow}
      </Button>
    </section>
  )
}

function Backlog() {
  const { store, now, timeZone } = usePhone()
  const { unsent, photosUnsent, oldestUnsentAt, lastContactAt } = store.status
  const t = words.value.sync
  const moment = (at: number | null) =>
    at === null ? t.none : `${dayAndTime(at, timeZone.value)} (${fromNow(at, now.value)})`
  const photos = photosUnsent.value
  return (
    <section class="sheet">
      <Facts
        rows={[
          [t.unsent, unsent.value === 0 ? t.none : String(unsent.value)],
          [t.photos, photos.count === 0 ? t.none : `${photos.count} (${byteSize(photos.bytes)})`],
          [t.oldest, moment(oldestUnsentAt.value)],
          [t.last, lastContactAt.value === null ? words.value.strip.never : moment(lastContactAt.value)],
        ]}
      />
    </section>
  )
}

function AboutPhone() {
  const { store, event, checkpoints } = usePhone()
  const { route } = useLocation()
  const [leaving, setLeaving] = useState(false)
  const t = words.value.sync
  const who = store.session.who.value
  const { offsetMs, measuredAt } = store.outbox.stamp()
  const clock = measuredAt === null ? t.clockUnknown : clockText(offsetMs)
  return (
    <section class="sheet stack">
      <h2>{t.device}</h2>
      <Facts
        rows={[
          [t.person, who?.name],
          [t.role, who ? words.value.roles[who.role] : ''],
          [t.event, event.value ? said(event.value.name) : who?.event],
          [t.place, placeName(station.value, checkpoints.value)],
          [t.clock, clock],
          [t.version, __APP_VERSION__],
        ]}
      />
      <Button wide onClick={() => route('/staff/station')}>
        {words.value.station.choose}
      </Button>
      <Button kind="bare" wide onClick={() => setLeaving(true)}>
        {t.leave}
      </Button>
      {leaving ? <LeaveDialog onClose={() => setLeaving(false)} /> : null}
    </section>
  )
}

/** A clock that is nearer to the server's than people tell time is right. */
const rightMs = 1_000

function clockText(offsetMs: number): string {
  const t = words.value.sync
  const seconds = Math.abs(offsetMs / 1000).toFixed(0)
  if (Math.abs(offsetMs) < rightMs) return t.clockRight
  return offsetMs < 0 ? t.clockFast(seconds) : t.clockSlow(seconds)
}
