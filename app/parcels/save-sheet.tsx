import { useState } from 'preact/hooks'
import { byteSize } from '../i18n/format.ts'
import { words } from '../i18n/parcel-words.ts'
import { type PackedFile, type Packing, packUnsent } from '../store/parcels/pack-parcel.ts'
import type { Store } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { saveFile } from '../ui/save-file.ts'

/** Saves or shares what the server has not confirmed, one signed file after the other. */
export function SaveSheet({ store }: { store: Store }) {
  const t = words.value
  const [packing, setPacking] = useState<Packing | null>(null)
  const [state, setState] = useState<'ready' | 'making' | 'failed'>('ready')
  const facts = store.status.unsent.value
  const photos = store.status.photosUnsent.value.count
  const make = async () => {
    setState('making')
    try {
      setPacking(await packUnsent(store.parts()))
      setState('ready')
    } catch {
      // The phone's own storage failed; nothing is lost by that alone.
      setState('failed')
    }
  }
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.save}</h2>
        <p class="soft">{t.saveText}</p>
      </div>
      {facts + photos === 0 && packing === null ? <p>{t.nothing}</p> : null}
      {facts + photos > 0 && packing === null ? (
        <Button wide disabled={state === 'making'} onClick={() => void make()}>
          {state === 'making' ? t.making : t.make(facts, photos)}
        </Button>
      ) : null}
      {packing ? <Files packing={packing} onFailed={() => setState('failed')} /> : null}
      {state === 'failed' ? (
        <p class="notice no" role="alert">
          {t.failed}
        </p>
      ) : null}
    </section>
  )
}

function Files({ packing, onFailed }: { packing: Packing; onFailed: () => void }) {
  const t = words.value
  const [made, setMade] = useState<ReadonlyMap<number, number>>(new Map())
  const hand = async (index: number, give: (file: PackedFile) => void | Promise<void>) => {
    try {
      const file = await packing.make(index)
      await give(file)
      setMade((before) => new Map(before).set(index, file.content.size))
    } catch (error) {
      // Who closes the sheet of the system has not shared, which is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError')) onFailed()
    }
  }
  return (
    <>
      <ul class="list">
        {packing.files.map((file, index) => {
          const name = t.fileOf(index + 1, packing.files.length)
          const bytes = made.get(index)
          return (
            <li key={name}>
              <div>
                <p>
                  <b>{name}</b> {bytes === undefined ? null : <Pill tone="ok">{t.saved}</Pill>}
                </p>
                <p class="soft">
                  {t.recordsAndPhotos(file.facts.length, file.photos.length)}
                  {bytes === undefined ? '' : `・${byteSize(bytes)}`}
                </p>
              </div>
              <span class="row">
                {mayShare() ? (
                  <Button aria-label={t.shareOf(name)} onClick={() => void hand(index, share)}>
                    {t.share}
                  </Button>
                ) : null}
                <Button aria-label={t.keepOf(name)} onClick={() => void hand(index, save)}>
                  {t.keep}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
      {made.size > 0 ? <p role="status">{t.next}</p> : null}
    </>
  )
}

/** Some browsers share pictures and texts alone; those are asked with a file like ours. */
function mayShare(): boolean {
  const file = new File([''], 'records.zekken', { type: 'application/octet-stream' })
  return navigator.canShare?.({ files: [file] }) ?? false
}

const share = ({ name, content }: PackedFile) =>
  navigator.share({ files: [new File([content], name, { type: content.type })] })

const save = ({ name, content }: PackedFile) => saveFile(content, { name, type: content.type })
