import { useState } from 'preact/hooks'
import type { BlankPage, BlankRange } from '../../../design-docs/print.ts'
import type { PerPage } from '../../../functions/rules/bib-sheet.ts'
import { count } from '../../i18n/format.ts'
import { type Language, language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { NumberField } from '../setup/inputs.tsx'
import { LanguageField, PerPageField } from './paper-fields.tsx'
import { printWords } from './print-words.ts'
import { usePrint } from './use-print.ts'

/** Blank bibs for teams that come without an entry. */
export function BlankPart() {
  const t = printWords.value.blank
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/print/blank-bibs`
  const concerns = ({ teams }: { teams: string[] }) => teams.length > 0
  const loaded = useLoaded<BlankPage>(path, { desk, live, concerns, gatherMs: 2000 })
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      <p class="soft">{t.text}</p>
      <Shown loaded={loaded}>{(page) => <Blanks page={page} onPrinted={loaded.reload} />}</Shown>
    </section>
  )
}

function Blanks({ page, onPrinted }: { page: BlankPage; onPrinted: () => void }) {
  const words = printWords.value
  const t = words.blank
  const [from, setFrom] = useState<number | undefined>(page.freeFrom)
  const [many, setMany] = useState<number | undefined>(20)
  const [perPage, setPerPage] = useState<PerPage>(4)
  const [onPaper, setOnPaper] = useState<Language>(language.value)
  const { making, print } = usePrint()
  const fits = (value: number | undefined, most: number): value is number =>
    value !== undefined && Number.isInteger(value) && value >= 1 && value <= most
  const make = async (first: number, amount: number) => {
    await print('blank-bibs', { from: first, count: amount, perPage, language: onPaper })
    onPrinted()
  }
  return (
    <div class="print-part">
      <div class="stack">
        <div class="pair">
          <NumberField label={t.from} value={from} onChange={setFrom} step="1" />
          <NumberField label={t.count} value={many} onChange={setMany} step="1" />
        </div>
        <PerPageField value={perPage} onChange={setPerPage} />
        <LanguageField value={onPaper} onChange={setOnPaper} />
        <Button
          kind="main"
          disabled={making || !fits(from, 999_999) || !fits(many, 1000)}
          onClick={() => void make(from ?? 0, many ?? 0)}
        >
          {making ? words.making : t.make(count(many ?? 0))}
        </Button>
      </div>
      {page.ranges.length > 0 ? (
        <div class="stack">
          <h3>{t.ranges}</h3>
          <ul class="list">
            {page.ranges.map((range) => (
              <Range key={range.from} range={range} onAgain={making ? null : make} />
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

type RangeProps = { range: BlankRange; onAgain: ((from: number, many: number) => Promise<void>) | null }

function Range({ range: { from, to, bound }, onAgain }: RangeProps) {
  const t = printWords.value.blank
  const all = to - from + 1
  return (
    <li>
      <div class="grow">
        <b class="digits">{t.range(String(from), String(to))}</b>
        <div class="soft">{t.bound(count(bound), count(all))}</div>
      </div>
      <Button disabled={onAgain === null || bound === all} onClick={() => void onAgain?.(from, Math.min(all, 1000))}>
        {t.again}
      </Button>
    </li>
  )
}
