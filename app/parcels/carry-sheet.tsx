import { useEffect, useState } from 'preact/hooks'
import { byteSize, dayAndTime } from '../i18n/format.ts'
import { words } from '../i18n/parcel-words.ts'
import { type Adding, type Carried, type CarriedParcels, carriedParcels } from '../store/parcels/carried-parcels.ts'
import type { Store } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Pill } from '../ui/pill.tsx'
import { ChooseFiles } from './choose-files.tsx'

type Problem = { name: string; reason: Extract<Adding, { ok: false }>['reason'] }

/** Files of other phones that this one takes along, and what became of each. */
export function CarrySheet({ store, timeZone }: { store: Store; timeZone: string | undefined }) {
  const t = words.value
  const [carried, setCarried] = useState<CarriedParcels | null>(null)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [state, setState] = useState<'ready' | 'delivering' | 'not-reached'>('ready')
  useEffect(() => void carriedParcels(store.parts()).then(setCarried), [store])
  const all = carried?.all.value ?? []

  const deliver = async (book: CarriedParcels | null) => {
    setState('delivering')
    setState((await book?.handIn()) ? 'ready' : 'not-reached')
  }
  const add = async (files: readonly File[]) => {
    const found: Problem[] = []
    const book = await carriedParcels(store.parts())
    for (const file of files) {
      const added = await book?.add(file)
      if (added && !added.ok) found.push({ name: file.name, reason: added.reason })
    }
    setProblems(found)
    await deliver(book)
  }
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.carry}</h2>
        <p class="soft">{t.carryText}</p>
      </div>
      <ChooseFiles label={t.choose} onFiles={(files) => void add(files)} />
      {problems.map(({ name, reason }) => (
        <div key={name} class="notice no" role="alert">
          <b class="clip">{name}</b>
          <p>{t.refusedFiles[reason]}</p>
        </div>
      ))}
      {all.length > 0 ? (
        <ul class="list">
          {all.map((one) => (
            <Row key={one._id} one={one} timeZone={timeZone} onRemove={() => void carried?.remove(one._id)} />
          ))}
        </ul>
      ) : null}
      {all.some((one) => one.state === 'waiting') ? (
        <>
          {state === 'not-reached' ? <p role="status">{t.notReached}</p> : null}
          <Button wide disabled={state === 'delivering'} onClick={() => void deliver(carried)}>
            {state === 'delivering' ? t.delivering : t.deliver}
          </Button>
        </>
      ) : null}
    </section>
  )
}

const tones = { waiting: 'warn', 'handed-in': 'ok', refused: 'no' } as const

function Row({ one, timeZone, onRemove }: { one: Carried; timeZone: string | undefined; onRemove: () => void }) {
  const t = words.value
  const [asking, setAsking] = useState(false)
  const name = one.deviceName || t.nameless
  return (
    <li>
      <div>
        <p>
          <b>{name}</b> <span class="digits">{one.device.slice(0, 8)}</span>
        </p>
        <p class="soft">
          {dayAndTime(one.madeAt, timeZone)}・{t.fileOf(one.file, one.files)}・
          {t.recordsAndPhotos(one.facts, one.photos)}
          {one.state === 'waiting' ? `・${byteSize(one.bytes)}` : ''}
        </p>
        {one.counts ? <p>{t.outcome(one.counts)}</p> : null}
        {one.code ? <p>{t.codeOf(one.code)}</p> : null}
      </div>
      <div class="end">
        <Pill tone={tones[one.state]}>{t.states[one.state]}</Pill>
        <Button
          kind="bare"
          aria-label={t.removeOf(name)}
          onClick={() => (one.state === 'handed-in' ? onRemove() : setAsking(true))}
        >
          {t.remove}
        </Button>
      </div>
      {asking ? (
        <Dialog title={t.removeTitle} onClose={() => setAsking(false)}>
          <p>{t.removeText}</p>
          <Button kind="refuse" wide onClick={onRemove}>
            {t.removeYes}
          </Button>
          <Button kind="bare" wide onClick={() => setAsking(false)}>
            {t.cancel}
          </Button>
        </Dialog>
      ) : null}
    </li>
  )
}
