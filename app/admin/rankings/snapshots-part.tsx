import { useState } from 'preact/hooks'
import type { Comparison, PublicationPage } from '../../../design-docs/rankings.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { exportsPath } from '../exports/exports-path.ts'
import { Shown } from '../failure.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { words } from './ranking-words.ts'
import type { Publication } from './use-publication.ts'

type Props = { page: PublicationPage; publication: Publication }

/** Every snapshot, one made by hand, and what changed from one to another. */
export function SnapshotsPart({ page, publication }: Props) {
  const t = words.value
  const { who } = useDesk()
  const [name, setName] = useState('')
  const make = async () => {
    if (!(await publication.keep(name.trim(), 'hand'))) return
    setName('')
    toast(t.made)
  }
  return (
    <div class="stack">
      <p class="soft">{t.snapshotsLead}</p>
      {who.role === 'core' ? null : (
        <div class="row wrap">
          <Field label={t.snapshotName}>
            {(ids) => (
              <input {...ids} value={name} maxLength={120} onInput={(event) => setName(event.currentTarget.value)} />
            )}
          </Field>
          <Button disabled={publication.busy} onClick={() => void make()}>
            {t.make}
          </Button>
        </div>
      )}
      {page.snapshots.length === 0 ? (
        <State icon="chart" title={t.none} />
      ) : (
        <>
          <List page={page} />
          <Compare page={page} />
        </>
      )}
    </div>
  )
}

function List({ page }: { page: PublicationPage }) {
  const t = words.value
  const { nameOf, overview } = useDesk()
  const zone = overview.value?.event.timeZone
  const isPublic = new Set(page.rankings.flatMap(({ shown }) => (shown ? [shown.snapshot] : [])))
  return (
    <TableScroll label={t.snapshots}>
      <table class="table">
        <caption class="hidden-text">{t.snapshots}</caption>
        <thead>
          <tr>
            <th scope="col">{t.when}</th>
            <th scope="col">{t.why}</th>
            <th scope="col">{t.who}</th>
            <th scope="col">{t.hash}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {page.snapshots.map(({ id, at, by, name, occasion, hash, teamCount }) => (
            <tr key={id}>
              <th scope="row" class="digits">
                {dayAndTime(at, zone)} {name}
              </th>
              <td>
                {t.occasions[occasion]} {isPublic.has(id) ? <b>{t.public}</b> : null}
              </td>
              <td>
                {nameOf(by)} <span class="soft">{t.teams(count(teamCount))}</span>
              </td>
              <td class="digits">{hash.slice(0, 8)}</td>
              <td>
                <a href={exportsPath('results', { snapshot: id })}>{common.value.nav.exports}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Compare({ page }: { page: PublicationPage }) {
  const t = words.value
  const { desk, live, who, overview } = useDesk()
  const zone = overview.value?.event.timeZone
  const [from, setFrom] = useState(page.snapshots[0]?.id ?? 'public')
  const [to, setTo] = useState('now')
  const loaded = useLoaded<Comparison>(`/api/events/${who.event}/comparison?from=${from}&to=${to}`, {
    desk,
    live,
    concerns: ({ rankings, plan }) => to === 'now' && (plan || rankings.length > 0),
    gatherMs: 2000,
  })
  const options = page.snapshots.map(({ id, at, name }) => (
    <option key={id} value={id}>
      {dayAndTime(at, zone)} {name}
    </option>
  ))
  return (
    <section class="stack">
      <h2>{t.compare}</h2>
      <div class="row wrap">
        <Field label={t.compareFrom}>
          {(ids) => (
            <select {...ids} value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
              <option value="public">{t.public}</option>
              {options}
            </select>
          )}
        </Field>
        <Field label={t.compareTo}>
          {(ids) => (
            <select {...ids} value={to} onChange={(event) => setTo(event.currentTarget.value)}>
              <option value="now">{t.now}</option>
              {options}
            </select>
          )}
        </Field>
      </div>
      <Shown loaded={loaded}>{(comparison) => <ComparisonView comparison={comparison} />}</Shown>
    </section>
  )
}
