import { useEffect, useState } from 'preact/hooks'
import { startLocation } from '../device/location.ts'
import { unlockSound } from '../device/sound.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import { KeypadDialog } from './keypad-dialog.tsx'
import { usePhone } from './phone.ts'
import { ScanBox } from './scan-box.tsx'
import { isPassedBy, type ScanInput, scan, shown } from './scan-flow.ts'
import { ScanOptions } from './scan-options.tsx'
import { rapid, source } from './scan-settings.ts'
import { Screen } from './screen.tsx'
import { placeName, station } from './station.ts'
import { WedgeBox } from './wedge-box.tsx'

/** The screen staff look at all day: aim, hear, look, next. */
export function ScanScreen() {
  const phone = usePhone()
  const [typing, setTyping] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const ready = station.value !== null && phone.event.value !== null
  useEffect(() => {
    if (ready) startLocation()
  }, [ready])
  const t = words.value
  const here = station.value
  if (here === null || phone.event.value === null) return <NotYet />
  const take = (input: ScanInput) => void scan(phone, input, here)
  const seen = shown.value
  const paused = typing || choosing
  const byNumber = phone.searches.value ? (
    <Button onClick={() => setTyping(true)}>
      <Icon name="keypad" />
      {t.scan.byNumber}
    </Button>
  ) : null
  return (
    <Screen title={t.scan.title} quiet>
      <div class="scan-screen" onPointerDown={unlockSound}>
        <div class="row scan-head">
          <a class="button place" href="/staff/station">
            <Icon name="place" />
            <span class="grow">{placeName(here, phone.checkpoints.value)}</span>
            <span class="soft">{t.station.change}</span>
          </a>
          <ScanOptions open={choosing} setOpen={setChoosing} />
        </div>
        {source.value === 'camera' ? (
          <ScanBox
            aim={t.scan.aim}
            paused={paused || (seen !== null && !isPassedBy(seen))}
            onText={(text) => take({ text })}
          >
            {byNumber}
          </ScanBox>
        ) : (
          <>
            <WedgeBox paused={paused || seen !== null} onText={(text) => take({ text })} />
            <div class="scan-tools static">{byNumber}</div>
          </>
        )}
        {rapid.value ? <p class="soft center">{t.scan.rapidText}</p> : null}
      </div>
      {typing ? (
        <KeypadDialog
          onClose={() => setTyping(false)}
          onNumber={(number) => {
            setTyping(false)
            take({ number })
          }}
        />
      ) : null}
    </Screen>
  )
}

function NotYet() {
  const { event } = usePhone()
  const t = words.value
  return (
    <Screen title={t.scan.title} quiet>
      {event.value === null ? (
        <State icon="sync" title={t.scan.noEvent} text={t.scan.noEventText} />
      ) : (
        <State icon="place" title={t.scan.noStation} text={t.station.lead}>
          <a class="button main" href="/staff/station">
            {t.station.choose}
          </a>
        </State>
      )}
    </Screen>
  )
}
