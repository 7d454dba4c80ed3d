import { words } from '../../i18n/admin-words.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { TableScroll } from '../table-scroll.tsx'
import { differences } from './differences.ts'
import type { PlanDoc } from './save-flow.tsx'

/** The fields in which two versions of a document differ, side by side. */
export function ClashTable({ mine, theirs }: { mine: PlanDoc; theirs: PlanDoc }) {
  const t = setupWords.value
  const rows = differences(mine, theirs)
  return (
    <TableScroll label={t.clashTitle}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.mine}</th>
            <th scope="col">{t.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, mine: own, theirs: other }) => (
            <tr key={field}>
              <th scope="row">{fieldName(field)}</th>
              <td>{inWords(own)}</td>
              <td>{inWords(other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function fieldName(field: string): string {
  const t: Record<string, unknown> = { ...setupWords.value, points: setupWords.value.checkpointPoints }
  const [first = '', ...rest] = field.split('.')
  const last = rest.at(-1) ?? first
  const name = t[last] ?? t[`${first}${last === 'ja' ? 'Ja' : 'En'}`]
  return typeof name === 'string' ? name : field
}

const inWords = (value: unknown) =>
  value === undefined ? words.value.none : typeof value === 'string' ? value : JSON.stringify(value)
