import { useEffect, useRef, useState } from 'preact/hooks'
import type { UploadRow } from '../../../design-docs/uploads.ts'
import { dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useDesk } from '../desk/context.ts'
import { StatusPill } from '../status-pill.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { words } from './upload-words.ts'

type Props = {
  rows: readonly UploadRow[]
  root: string
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  onEdit: (row: UploadRow) => void
}
const group = 100
const tones = { refused: 'no', waiting: 'warn', left: 'quiet', ready: 'quiet', taken: 'ok' } as const

/** Files with what became of them; hundreds come a group at a time. */
export function RowsTable({ rows, root, chosen, onChoose, onEdit }: Props) {
  const t = words.value
  const [most, setMost] = useState(group)
  const shown = rows.slice(0, most)
  if (rows.length === 0) return <p class="soft">{t.noRows}</p>
  const all = shown.every(({ sha256 }) => chosen.has(sha256))
  const toggle = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const name of names) on ? next.add(name) : next.delete(name)
    onChoose(next)
  }
  return (
    <div class="stack uploads">
      <TableScroll label={t.title}>
        <table class="table sheet upload-table">
          <thead>
            <tr>
              <th>
                <input
                  type="checkbox"
                  aria-label={t.selectAll}
                  checked={all}
                  onChange={() =>
                    toggle(
                      shown.map(({ sha256 }) => sha256),
                      !all,
                    )
                  }
                />
              </th>
              <th colSpan={2}>{t.file}</th>
              <th>{t.what}</th>
              <th>{t.team}</th>
              <th>{t.where}</th>
              <th>{t.when}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row
                key={row.sha256}
                row={row}
                root={root}
                isChosen={chosen.has(row.sha256)}
                onToggle={(on) => toggle([row.sha256], on)}
                onEdit={() => onEdit(row)}
              />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {rows.length > most ? <Button onClick={() => setMost(most + group)}>{t.more}</Button> : null}
    </div>
  )
}

type RowProps = {
  row: UploadRow
  root: string
  isChosen: boolean
  onToggle: (on: boolean) => void
  onEdit: () => void
}

function Row({ row, root, isChosen, onToggle, onEdit }: RowProps) {
  const t = words.value
  const { overview } = useDesk()
  const zone = overview.value?.event.timeZone
  const [path = '', ...others] = row.paths
  const isOpen = row.state !== 'taken' && row.state !== 'refused'
  const { nearest, distanceMeters } = row.figures
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t.select(path)}
          checked={isChosen}
          onChange={(event) => onToggle(event.currentTarget.checked)}
        />
      </td>
      <td>
        <Thumbnail path={row.hasPreview ? `${root}/files/${row.sha256}/preview` : null} />
      </td>
      <td class="name">
        {path}
        {others.length > 0 ? <small class="soft"> {t.others(others.length)}</small> : null}
      </td>
      <td>
        <Pill tone={tones[row.state]}>{t.states[row.state]}</Pill>{' '}
        {row.status ? <StatusPill status={row.status} /> : null}
        <br />
        <small>{row.codes.map((code) => t.codes[code]).join('・')}</small>
        {row.codes.includes('too-far') && nearest !== undefined ? (
          <small class="soft"> {t.nearest(String(nearest), String(distanceMeters))}</small>
        ) : null}
      </td>
      <td>
        {row.state === 'taken' && row.team ? <a href={`/admin/teams/${row.team}`}>{row.team}</a> : (row.team ?? '–')}
      </td>
      <td>{row.checkpoint ?? '–'}</td>
      <td class="digits">
        {row.at === null ? '–' : `${dayAndTime(row.at, zone).split(' ')[0]} ${timeWithSeconds(row.at, zone)}`}
      </td>
      <td>
        {isOpen ? (
          <Button onClick={onEdit} aria-label={`${t.edit} ${path}`}>
            {t.edit}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

/** Asked for when it comes into sight, since a batch has hundreds. */
function Thumbnail({ path }: { path: string | null }) {
  const { desk } = useDesk()
  const [url, setUrl] = useState<string | null>(null)
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (path === null || !place.current) return
    let made: string | null = null
    let gone = false
    const observer = new IntersectionObserver(async ([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      const answer = await desk.ask(path, { binary: true })
      if (answer.kind !== 'ok' || gone) return
      made = URL.createObjectURL(new Blob([answer.body as ArrayBuffer], { type: 'image/jpeg' }))
      setUrl(made)
    })
    observer.observe(place.current)
    return () => {
      gone = true
      observer.disconnect()
      if (made) URL.revokeObjectURL(made)
    }
  }, [path])
  return url ? <img src={url} alt="" /> : <span ref={place} class="no-picture" />
}
