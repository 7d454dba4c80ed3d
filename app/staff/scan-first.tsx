import { words } from '../i18n/words.ts'
import { State } from '../ui/state.tsx'
import { gateWords } from './gate-words.ts'

/** In place of a team, or of a search for one, on a phone that carries no roster. */
export function ScanFirst() {
  const t = gateWords.value
  return (
    <State icon="scan" title={t.scanFirst} text={t.scanFirstText}>
      <a class="button main" href="/staff/">
        {words.value.failed.toScan}
      </a>
    </State>
  )
}
