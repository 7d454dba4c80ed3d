import { useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import { byteSize, count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'

type Waiting = { device: string; factId: string; receivedAt: number }
/** What nobody could read: the beginning of a record, or the bytes of a photo that no record names. */
type Unreadable = {
  device: string
  about: string
  kind: 'record' | 'original'
  code: string
  bytes: number
  sha256: string
  head: string
  receivedAt: number
}

/** What removed devices handed over before they wiped; an admin takes it in or turns it down. */
export function Quarantine() {
  const t = words.value.problems
  const { desk, live, who, overview } = useDesk()
  const [discarding, setDiscarding] = useState<string | null>(null)
  const path = `/api/events/${who.event}/quarantine`
  const loaded = useLoaded<{ waiting: Waiting[]; unreadable: Unreadable[] }>(path, {
    desk,
    live,
    concerns: () => false,
  })
  const decide = async (device: string, what: 'accept' | 'discard') => {
    const answer = await desk.ask(`${path}/${device}/${what}`, { method: 'POST', json: {} })
    toast(answer.kind === 'ok' ? t.quarantineDone[what] : words.value.failed.other)
    setDiscarding(null)
    loaded.reload()
  }
  const waiting = loaded.value?.waiting ?? []
  const unreadable = loaded.value?.unreadable ?? []
  const all = [...waiting, ...unreadable]
  if (all.length === 0) return null
  const devices = [...new Set(all.map(({ device }) => device))]
  return (
    <section class="sheet stack">
      <h2>{t.quarantine}</h2>
      <p class="soft">{t.quarantineText}</p>
      <ul class="list">
        {devices.map((device) => {
          const facts = waiting.filter((one) => one.device === device)
          const times = all.filter((one) => one.device === device).map(({ receivedAt }) => receivedAt)
          return (
            <li key={device}>
              <div>
                <b class="digits">{device.slice(0, 8)}</b> {words.value.items(count(facts.length))}
                <div class="soft">{dayAndTime(Math.max(...times), overview.value?.event.timeZone)}</div>
                {unreadable
                  .filter((one) => one.device === device)
                  .map((one) => (
                    <UnreadableThing key={one.sha256} thing={one} />
                  ))}
              </div>
              <span class="row">
                {facts.length === 0 ? null : <Button onClick={() => void decide(device, 'accept')}>{t.accept}</Button>}
                <Button kind="bare" onClick={() => setDiscarding(device)}>
                  {t.discard}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
      {discarding === null ? null : (
        <Dialog title={t.discardTitle} onClose={() => setDiscarding(null)}>
          <p class="soft">{t.discardText}</p>
          <Button kind="refuse" wide onClick={() => void decide(discarding, 'discard')}>
            {t.discard}
          </Button>
          <Button kind="bare" wide onClick={() => setDiscarding(null)}>
            {words.value.cancel}
          </Button>
        </Dialog>
      )}
    </section>
  )
}

function UnreadableThing({ thing }: { thing: Unreadable }) {
  const t = words.value.problems
  const { about, kind, code, bytes, head } = thing
  return (
    <details>
      <summary>
        {t.unreadable[kind]} <span class="digits">{code}</span>
      </summary>
      <div class="problem-text">
        {about}・{byteSize(bytes)}
      </div>
      {head === '' ? null : <div class="problem-text">{head}</div>}
    </details>
  )
}
