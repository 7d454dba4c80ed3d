import { setupWords } from '../../i18n/setup-words.ts'
import { useDesk } from '../desk/context.ts'
import { TableScroll } from '../table-scroll.tsx'
import { differences } from './differences.ts'
import { fieldName, valueInWords } from './field-words.ts'
import type { PlanDoc } from './save-flow.tsx'

/** The fields in which two versions of a document differ, side by side. */
export function ClashTable({ mine, theirs }: { mine: PlanDoc; theirs: PlanDoc }) {
  const t = setupWords.value
  const zone = useDesk().overview.value?.event.timeZone
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
              <td>{valueInWords(field, own, zone)}</td>
              <td>{valueInWords(field, other, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
