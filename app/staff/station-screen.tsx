import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { Station } from '../../functions/rules/scan-verdict.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/words.ts'
import { palettesOf } from '../palettes/palettes-of.ts'
import { Field } from '../ui/field.tsx'
import { Pill } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { Tick } from '../ui/tick.tsx'
import { cornerWords } from './corner-words.ts'
import { usePhone } from './phone.ts'
import { Screen } from './screen.tsx'
import { station } from './station.ts'

const order: Record<CheckpointDoc['kind'], number> = { start: 0, goal: 1, staffed: 2, photo: 3 }
/** Fewer than this fit on a screen or two and need no filter. */
const filterFrom = 12

/** Where this phone stands. Asked once, kept, changed with two taps. */
export function StationScreen() {
  const { checkpoints } = usePhone()
  const { route } = useLocation()
  const [filter, setFilter] = useState('')
  const t = words.value.station
  const choose = (place: Station) => {
    const classIds = station.value?.classIds
    station.value = classIds ? { ...place, classIds } : place
    route('/staff/')
  }
  const wanted = filter.normalize('NFKC').trim().toLowerCase()
  const shown = [...checkpoints.value.values()]
    .filter(({ number, name }) => `${number} ${name.ja} ${name.en}`.toLowerCase().includes(wanted))
    .sort((a, b) => order[a.kind] - order[b.kind] || a.number.localeCompare(b.number, 'en', { numeric: true }))
  const chosen = station.value
  return (
    <Screen title={t.title} {...(chosen ? { back: '/staff/' } : {})}>
      <p class="soft">{t.lead}</p>
      {checkpoints.value.size >= filterFrom ? (
        <Field label={t.filter}>
          {(ids) => <input {...ids} type="search" value={filter} onInput={(e) => setFilter(e.currentTarget.value)} />}
        </Field>
      ) : null}
      <ul class="sheet flush list choices">
        <li>
          <Choice
            title={t.reception}
            text={t.receptionText}
            chosen={chosen?.kind === 'reception'}
            onChoose={() => choose({ kind: 'reception' })}
          />
        </li>
        {shown.map((checkpoint) => (
          <li key={checkpoint._id}>
            <Choice
              number={checkpoint.number}
              title={said(checkpoint.name)}
              text={t[checkpoint.kind]}
              cancelled={checkpoint.cancelled === true}
              chosen={chosen?.kind === 'checkpoint' && chosen.checkpoint === checkpoint.number}
              onChoose={() => choose({ kind: 'checkpoint', checkpoint: checkpoint.number })}
            />
          </li>
        ))}
      </ul>
      <Corners chosen={chosen} onChoose={choose} />
      {chosen ? <ClassTicks chosen={chosen} /> : null}
      {checkpoints.value.size === 0 ? <State icon="place" title={t.empty} text={t.emptyText} /> : null}
    </Screen>
  )
}

/** Corners give a palette to whoever is scanned, or only photograph; there are none while no palette is shown. */
function Corners({ chosen, onChoose }: { chosen: Station | null; onChoose: (place: Station) => void }) {
  const { store } = usePhone()
  const t = cornerWords.value
  const all = palettesOf(store)
  if (all.length === 0) return null
  const here = chosen?.kind === 'corner' ? chosen : null
  return (
    <section>
      <h2>{t.corners}</h2>
      <ul class="sheet flush list choices">
        <li>
          <Choice
            title={said(t.portraits)}
            text={t.portraitsText}
            chosen={here !== null && here.palette === null}
            onChoose={() => onChoose({ kind: 'corner', palette: null, name: t.portraits })}
          />
        </li>
        {all.map(({ _id, photo, name }) => (
          <li key={_id}>
            <Choice
              title={said(name)}
              text={t.gives}
              chosen={here?.palette === photo}
              onChoose={() => onChoose({ kind: 'corner', palette: photo, name })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A place may be for some classes only, a short course's turning point say; the others are then told so. */
function ClassTicks({ chosen }: { chosen: Station }) {
  const { event } = usePhone()
  const classes = event.value?.classes ?? []
  const all = classes.map(({ id }) => id)
  if (classes.length < 2) return null
  const ticked = chosen.classIds ?? all
  const set = (id: string, on: boolean) => {
    const classIds = all.filter((one) => (one === id ? on : ticked.includes(one)))
    const { classIds: _, ...place } = chosen
    station.value = classIds.length === all.length ? place : { ...place, classIds }
  }
  return (
    <section class="sheet">
      <h2>{words.value.station.classes}</h2>
      <p class="soft">{words.value.station.classesText}</p>
      {classes.map(({ id, name }) => (
        <Tick key={id} checked={ticked.includes(id)} onChange={(on) => set(id, on)}>
          {said(name)}
        </Tick>
      ))}
    </section>
  )
}

type ChoiceProps = {
  number?: string
  title: string
  text: string
  chosen: boolean
  cancelled?: boolean
  onChoose: () => void
}

function Choice({ number, title, text, chosen, cancelled = false, onChoose }: ChoiceProps) {
  return (
    <button type="button" class="choice" aria-pressed={chosen} onClick={onChoose}>
      <span class="number">{number ?? ''}</span>
      <span class="grow">
        <b>{title}</b>
        <span class="soft">{text}</span>
      </span>
      {cancelled ? <Pill tone="no">{words.value.station.cancelled}</Pill> : null}
      {chosen ? (
        <span class="chosen" aria-hidden="true">
          ✓
        </span>
      ) : null}
    </button>
  )
}
