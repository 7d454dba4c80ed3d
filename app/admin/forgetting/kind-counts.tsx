import { count } from '../../i18n/format.ts'
import { words } from './forgetting-words.ts'
import { countsByKind } from './kinds.ts'

/** What goes, or went, by kinds that a person knows. */
export function KindCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  return (
    <ul class="list">
      {countsByKind(counts).map(([kind, sum]) => (
        <li key={kind}>
          {words.value.kinds[kind]}
          <b class="digits">{count(sum)}</b>
        </li>
      ))}
    </ul>
  )
}
