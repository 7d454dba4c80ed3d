import { useEffect, useState } from 'preact/hooks'
import type { DeviceRow } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, fromNow } from '../../i18n/format.ts'
import { words as parcelWords } from '../../i18n/parcel-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { shortNumber } from '../review/reason-text.ts'
import { TableScroll } from '../table-scroll.tsx'
import { words as cashWords } from './cash-up-words.ts'

/** Devices with what they last said of themselves. */
export function DevicesPage() {
  const t = words.value.devices
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<{ now: number; devices: DeviceRow[] }>(`/api/events/${who.event}/devices`, {
    desk,
    live,
    concerns: () => false,
  })
  useEffect(() => {
    const timer = setInterval(loaded.reload, 10_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Page
      title={t.title}
      beside={
        <div class="row wrap">
          <a class="button" href="/admin/cash-up">
            {cashWords.value.title}
          </a>
          <a class="button" href="/admin/parcels">
            {parcelWords.value.title}
          </a>
        </div>
      }
    >
      <Shown loaded={loaded}>
        {({ now, devices }) =>
          devices.length === 0 ? (
            <State icon="link" title={t.empty} text={t.emptyText} />
          ) : (
            <Table now={now} devices={devices} onChanged={loaded.reload} />
          )
        }
      </Shown>
    </Page>
  )
}

type TableProps = { now: number; devices: readonly DeviceRow[]; onChanged: () => void }

function Table({ now, devices, onChanged }: TableProps) {
  const t = words.value
  const { who, nameOf } = useDesk()
  const [removing, setRemoving] = useState<DeviceRow | null>(null)
  return (
    <TableScroll label={t.devices.title}>
      <table class="table sheet">
        <thead>
          <tr>
            <th scope="col">{t.devices.device}</th>
            <th scope="col">{t.devices.role}</th>
            <th scope="col">{t.devices.lastContact}</th>
            <th scope="col">{t.devices.backlog}</th>
            <th scope="col">{t.devices.clock}</th>
            <th scope="col">{t.devices.version}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.id} class={device.removed ? 'gone' : ''}>
              <th scope="row">
                {device.name}
                <div class="soft digits">{device.id.slice(0, 8)}</div>
              </th>
              <td>
                {t.roles[device.role]}
                <div class="soft">{nameOf(device.account)}</div>
              </td>
              <td>{device.lastContactAt === null ? t.devices.never : fromNow(device.lastContactAt, now)}</td>
              <td>
                <Backlog device={device} />
              </td>
              <td>
                <Skew ms={device.skewMs} />
              </td>
              <td class="digits">{device.version || t.none}</td>
              <td>
                {device.removed ? (
                  <Pill tone="quiet">{t.devices.removed}</Pill>
                ) : who.role === 'admin' && device.id !== who.device ? (
                  <Button kind="bare" onClick={() => setRemoving(device)}>
                    {t.devices.remove}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {removing ? <RemoveDialog device={removing} onClose={() => setRemoving(null)} onDone={onChanged} /> : null}
    </TableScroll>
  )
}

function Backlog({ device: { backlog } }: { device: DeviceRow }) {
  const t = words.value.devices
  if (!backlog) return <span class="soft">{t.unknown}</span>
  if (backlog.facts + backlog.photos === 0) return <>{t.backlogNone}</>
  return <Pill tone="warn">{t.backlogOf(count(backlog.facts), count(backlog.photos))}</Pill>
}

/** Differences that no judgement would notice are none. */
const unnoticedMs = 2000

function Skew({ ms }: { ms: number | null }) {
  const t = words.value
  if (ms === null) return <span class="soft">{t.devices.unknown}</span>
  if (Math.abs(ms) < unnoticedMs) return <>{t.devices.clockOk}</>
  return <Pill tone="warn">{t.seconds(`${ms < 0 ? '−' : '+'}${shortNumber(Math.abs(ms) / 1000)}`)}</Pill>
}

function RemoveDialog({ device, onClose, onDone }: { device: DeviceRow; onClose: () => void; onDone: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [failed, setFailed] = useState(false)
  const remove = async () => {
    const answer = await desk.ask(`/api/events/${who.event}/devices/${device.id}`, { method: 'DELETE' })
    if (answer.kind !== 'ok') return setFailed(true)
    onDone()
    onClose()
  }
  return (
    <Dialog title={t.devices.removeTitle} onClose={onClose}>
      <p>
        <b>{device.name}</b> {device.account}
      </p>
      <p class="soft">{t.devices.removeText}</p>
      {failed ? (
        <p class="notice no" role="alert">
          {t.failed.other}
        </p>
      ) : null}
      <Button kind="refuse" wide onClick={() => void remove()}>
        {t.devices.removeYes}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}
