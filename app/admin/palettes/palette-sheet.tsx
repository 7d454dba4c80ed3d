import { useState } from 'preact/hooks'
import type { PaletteRow } from '../../../design-docs/palettes.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Swatches } from '../../palettes/swatches.tsx'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { PictureButton } from '../images/picture-button.tsx'
import { CountField, NameFields } from './new-palette.tsx'
import { words } from './palette-words.ts'
import { SmallPicture } from './small-picture.tsx'
import type { Palettes } from './use-palettes.ts'

type Props = {
  row: PaletteRow
  palettes: Palettes
  mayEdit: boolean
  onMove: (by: 1 | -1) => void
  first: boolean
  last: boolean
}

/** One palette: its picture before and after, its colours by name, and what can be done with it. */
export function PaletteSheet({ row, palettes, mayEdit, onMove, first, last }: Props) {
  const t = words.value
  const [editing, setEditing] = useState(false)
  const { plan, colours, mark, explained, problem, teams } = row
  const path = `${palettes.root}/${encodeURIComponent(plan.photo)}`
  const name = <span class="hidden-text"> {said(plan.name)}</span>
  return (
    <li class="sheet stack">
      <div class="row wrap">
        <h3 class="grow">{said(plan.name)}</h3>
        <span class="soft digits">{t.teams(count(teams))}</span>
        <Pill tone={plan.state === 'shown' ? 'ok' : 'quiet'}>{t.states[plan.state]}</Pill>
      </div>
      {problem ? <p class="notice no">{t.problem(problem)}</p> : null}
      {mark ? (
        <>
          <PictureButton
            title={said(plan.name)}
            pictures={[
              { photo: plan.photo, variant: 'large', alt: t.original },
              { photo: plan.photo, variant: 'clustered', alt: t.clustered },
            ]}
          >
            <span class="palette-pictures">
              <SmallPicture path={`${path}/original`} mark={mark} alt={t.original} />
              <SmallPicture path={`${path}/clustered`} mark={mark} alt={t.clustered} />
            </span>
          </PictureButton>
          <Swatches colours={colours} label={said(plan.name)} />
          <details class="more">
            <summary>
              {t.table} ({colours.length})
            </summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.name}</th>
                  <th scope="col">{t.colour}</th>
                  <th scope="col">{t.share}</th>
                </tr>
              </thead>
              <tbody>
                {colours.map((colour) => (
                  <tr key={colour.hex}>
                    <td>{said(colour.name)}</td>
                    <td class="digits">{colour.hex}</td>
                    <td class="digits">{(colour.share * 100).toFixed(1)}%</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {explained === null ? null : <p class="soft">{t.explained((explained * 100).toFixed(1))}</p>}
          </details>
        </>
      ) : problem ? null : (
        <p class="loading" role="status">
          {t.clustering}
        </p>
      )}
      {mayEdit ? (
        <div class="row wrap">
          <Button
            disabled={palettes.busy}
            onClick={() => void palettes.save(plan, { state: plan.state === 'shown' ? 'hidden' : 'shown' })}
          >
            {plan.state === 'shown' ? t.hide : t.show}
            {name}
          </Button>
          <Button onClick={() => setEditing(!editing)} aria-expanded={editing}>
            {t.edit}
            {name}
          </Button>
          <Button disabled={first || palettes.busy} onClick={() => onMove(-1)}>
            {t.up}
            {name}
          </Button>
          <Button disabled={last || palettes.busy} onClick={() => onMove(1)}>
            {t.down}
            {name}
          </Button>
          <span class="grow" />
          <Button kind="bare" onClick={() => void palettes.save(plan, { state: 'removed' })}>
            {t.remove}
            {name}
          </Button>
        </div>
      ) : null}
      {editing ? <Edit row={row} palettes={palettes} onDone={() => setEditing(false)} /> : null}
    </li>
  )
}

function Edit({ row: { plan }, palettes, onDone }: Pick<Props, 'row' | 'palettes'> & { onDone: () => void }) {
  const t = words.value
  const [ja, setJa] = useState(plan.name.ja)
  const [en, setEn] = useState(plan.name.en)
  const [k, setK] = useState(plan.k)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void palettes.save(plan, { name: { ja, en }, k }).then((ok) => ok && onDone())
      }}
    >
      <NameFields ja={ja} en={en} onJa={setJa} onEn={setEn} />
      <CountField k={k} onK={setK} />
      <div class="pair">
        <Button kind="main" type="submit" disabled={palettes.busy || !(ja.trim() || en.trim())}>
          {t.save}
        </Button>
        <Button onClick={onDone}>{t.cancel}</Button>
      </div>
    </form>
  )
}
