import { useState } from 'preact/hooks'
import type { AuditPage as AuditPageDoc, AuditRow } from '../../../design-docs/disputes.ts'
import { count, dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { words } from './dispute-words.ts'
import { useSaveTable } from './use-save-table.ts'
import './disputes.css'

type Filter = { by: string; action: string; from: number | undefined; to: number | undefined }

/** Who did what, when, and what was before and after; the newest first. */
export function AuditPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const save = useSaveTable()
  const [filter, setFilter] = useState<Filter>({ by: '', action: '', from: undefined, to: undefined })
  const query = queryOf(filter)
  const loaded = useLoaded<AuditPageDoc>(`/api/events/${who.event}/audit?${query}`, {
    desk,
    live,
    concerns: ({ plan, items, cards }) => plan || items.length > 0 || cards.length > 0,
    gatherMs: 2000,
  })
  return (
    <Page
      title={t.audit.title}
      beside={<Button onClick={() => void save(`audit.csv?${query}`, 'audit')}>{t.csv}</Button>}
    >
      <p class="soft">{t.audit.lead}</p>
      <Filters filter={filter} known={loaded.value} onChange={setFilter} />
      <Shown loaded={loaded}>
        {({ audit, total }) =>
          audit.length === 0 ? (
            <State icon="records" title={t.audit.none} />
          ) : (
            <>
              <p role="status">{t.audit.total(count(audit.length), count(total))}</p>
              <Table rows={audit} />
            </>
          )
        }
      </Shown>
    </Page>
  )
}

function queryOf({ by, action, from, to }: Filter): URLSearchParams {
  const query = new URLSearchParams({ limit: '300' })
  if (by) query.set('by', by)
  if (action) query.set('action', action)
  if (from !== undefined) query.set('from', String(from))
  if (to !== undefined) query.set('to', String(to))
  return query
}

type FiltersProps = { filter: Filter; known: AuditPageDoc | null; onChange: (filter: Filter) => void }

function Filters({ filter, known, onChange }: FiltersProps) {
  const t = words.value.audit
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone ?? 'UTC'
  const chosen = (values: readonly string[], value: string) => [...new Set([...values, ...(value ? [value] : [])])]
  return (
    <div class="filled-row">
      <Field label={t.person}>
        {(ids) => (
          <select
            {...ids}
            value={filter.by}
            onChange={(event) => onChange({ ...filter, by: event.currentTarget.value })}
          >
            <option value="">{t.anyone}</option>
            {chosen(known?.people ?? [], filter.by).map((account) => (
              <option key={account} value={account}>
                {nameOf(account)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.action}>
        {(ids) => (
          <select
            {...ids}
            value={filter.action}
            onChange={(event) => onChange({ ...filter, action: event.currentTarget.value })}
          >
            <option value="">{t.anything}</option>
            {chosen(known?.actions ?? [], filter.action).map((action) => (
              <option key={action} value={action}>
                {t.actions[action] ?? action}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TimeField
        label={t.from}
        value={filter.from}
        timeZone={zone}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <TimeField label={t.to} value={filter.to} timeZone={zone} onChange={(to) => onChange({ ...filter, to })} />
    </div>
  )
}

function Table({ rows }: { rows: readonly AuditRow[] }) {
  const t = words.value.audit
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const today = dayAndTime(Date.now(), zone).split(' ')[0]
  const when = (at: number) => {
    const day = dayAndTime(at, zone).split(' ')[0] ?? ''
    return day === today ? timeWithSeconds(at, zone) : `${day} ${timeWithSeconds(at, zone)}`
  }
  return (
    <TableScroll label={t.title}>
      <table class="table">
        <thead>
          <tr>
            {[t.when, t.person, t.action, t.what, t.was, t.is].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            <th scope="col" class="number">
              {t.line}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.seq} ${row.at} ${row.about}`}>
              <td class="digits">{when(row.at)}</td>
              <td class="audit-word">{nameOf(row.by)}</td>
              <td class="audit-word">{t.actions[row.action] ?? row.action}</td>
              <td class="audit-json">
                {row.about}
                {row.details && typeof row.details.kind === 'string' ? ` (${row.details.kind})` : ''}
              </td>
              <td class="audit-json">{inWords(row.was)}</td>
              <td class="audit-json">{inWords(row.is)}</td>
              <td class="number">{row.seq ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

/** A value in a line, the fields of an object one after the other. */
function inWords(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return JSON.stringify(value)
  return Object.entries(value)
    .map(([name, content]) => `${name}: ${typeof content === 'string' ? content : JSON.stringify(content)}`)
    .join(', ')
}
