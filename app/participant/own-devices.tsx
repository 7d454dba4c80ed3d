import { useEffect, useState } from 'preact/hooks'
import { dayAndTime } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import type { OwnDevice, Refusal } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useOwnTeam } from './own-team.ts'
import { problemText } from './sign-in-problem.ts'

type Devices = { ok: true; devices: readonly OwnDevice[] } | Refusal

/** The team's phones, and the end of one that was lost. */
export function OwnDevices() {
  const { store, timeZone } = useOwnTeam()
  const [found, setFound] = useState<Devices | null>(null)
  const [removing, setRemoving] = useState<OwnDevice | null>(null)
  const [tries, setTries] = useState(0)
  const link = store.status.link.value
  const t = words.value.devices
  useEffect(() => {
    let current = true
    void store.session.ownDevices().then((answer) => {
      // What is listed stays, so that a dialog over it does not fall away.
      if (current) setFound((before) => (answer.ok || !before?.ok ? answer : before))
    })
    return () => {
      current = false
    }
  }, [tries, link])
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      {found === null ? <p role="status">{t.asking}</p> : null}
      {found && !found.ok ? <p class="soft">{problemText(found, words.value)}</p> : null}
      {found?.ok ? (
        <ul class="list">
          {found.devices.map((one) => (
            <li key={one.device}>
              <div class="grow">
                <b>{one.name}</b>
                <div class="soft">{one.isThis ? t.isThis : t.seen(dayAndTime(one.lastSeenAt, timeZone.value))}</div>
              </div>
              {one.isThis ? null : (
                <Button aria-label={t.removeOf(one.name)} onClick={() => setRemoving(one)}>
                  {t.remove}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {removing ? (
        <Remove
          device={removing}
          onClose={() => setRemoving(null)}
          onDone={() => {
            setRemoving(null)
            setTries((before) => before + 1)
          }}
        />
      ) : null}
    </section>
  )
}

type RemoveProps = { device: OwnDevice; onClose: () => void; onDone: () => void }

function Remove({ device: { device, name }, onClose, onDone }: RemoveProps) {
  const { session } = useOwnTeam().store
  const [problem, setProblem] = useState<string | null>(null)
  const t = words.value.devices
  const remove = async () => {
    const answer = await session.removeOwnDevice(device)
    if (answer.ok) onDone()
    else setProblem(problemText(answer, words.value))
  }
  return (
    <Dialog title={t.removeTitle(name)} onClose={onClose}>
      <p>{t.removeText}</p>
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      <div class="pair">
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void remove()}>
          {t.remove}
        </Button>
      </div>
    </Dialog>
  )
}
