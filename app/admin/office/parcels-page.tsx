import { useState } from 'preact/hooks'
import type { ParcelNote } from '../../../design-docs/parcel.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { words } from '../../i18n/parcel-words.ts'
import { ChooseFiles } from '../../parcels/choose-files.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Page } from '../page.tsx'
import { ParcelSheet } from './parcel-sheet.tsx'

/** Where files of unsent records come in: put here, looked at, taken in, with a result for each record. */
export function ParcelsPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [files, setFiles] = useState<readonly File[]>([])
  const [over, setOver] = useState(false)
  const brought = useLoaded<{ parcels: ParcelNote[] }>(`/api/events/${who.event}/parcels`, {
    desk,
    live,
    concerns: () => false,
  })
  const add = (more: Iterable<File>) => setFiles((before) => [...before, ...more])
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      <section
        class={`sheet stack drop${over ? ' over' : ''}`}
        aria-label={t.drop}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          add(event.dataTransfer?.files ?? [])
        }}
      >
        <p>{t.drop}</p>
        <ChooseFiles label={t.choose} onFiles={add} />
      </section>
      {files.map((file, index) => (
        <ParcelSheet
          // The same file put here again is looked at anew.
          key={`${index} ${file.name}`}
          file={file}
          onTaken={brought.reload}
          onClose={() => setFiles((before) => before.filter((one) => one !== file))}
        />
      ))}
      <Brought parcels={brought.value?.parcels ?? []} />
    </Page>
  )
}

function Brought({ parcels }: { parcels: readonly ParcelNote[] }) {
  const t = words.value
  const { overview, nameOf } = useDesk()
  if (parcels.length === 0) return null
  const zone = overview.value?.event.timeZone
  return (
    <section class="sheet stack">
      <h2>{t.brought}</h2>
      <ul class="list">
        {parcels.map(({ id, device, deviceName, file, files, photos, counts, carriers }) => (
          <li key={id}>
            <div>
              <b>{deviceName || t.nameless}</b> <span class="digits">{device.slice(0, 8)}</span>
              <div class="soft">
                {t.fileOf(file, files)}・{t.outcome({ ...counts, photosRefused: 0 })}・{t.photos} {photos}
              </div>
              {carriers.map((one) => (
                <div key={one.device} class="soft">
                  {dayAndTime(one.at, zone)}・{t.broughtBy(nameOf(one.account))}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
