import type { Card, ScoreLine } from '../../design-docs/derived.ts'
import { count, signed } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Facts } from '../ui/facts.tsx'
import { usePhone } from './phone.ts'

/** The score as this phone counts it beside the official one, with what moved it and why. */
export function ScoreSheet({ card }: { card: Card }) {
  const { card: officialCard } = usePhone()
  const t = words.value.team
  const { points, lines } = card
  const official = officialCard(card.team)?.points.net
  const amount = (value: number, sign: 1 | -1 = 1) => (value === 0 ? null : signed(sign * value))
  return (
    <section class="sheet stack">
      <div class="row">
        <div class="grow">
          <h2 class="soft">{t.score}</h2>
          <p class="figure">{count(points.net)}</p>
        </div>
        <div class="official">
          <p class="soft">{t.official}</p>
          <p class="digits">{official === undefined ? '–' : count(official)}</p>
        </div>
      </div>
      <p class="soft">{official === points.net ? t.same : t.differs}</p>
      <Facts
        rows={[
          [t.lines.confirmed, amount(points.confirmed)],
          [t.lines.provisional, amount(points.provisional)],
          [t.lines.pending, points.pending === 0 ? null : `(${count(points.pending)})`],
          ...lines.map((line) => [nameOf(line), signed(line.points)] as const),
        ]}
      />
    </section>
  )
}

function nameOf({ kind, minutes, reason }: ScoreLine): string {
  const t = words.value.team
  if (kind === 'late') return `${t.lines.penalty}${minutes === undefined ? '' : ` (${t.late(minutes)})`}`
  return reason ? `${t.lines.adjustment}: ${reason}` : t.lines.adjustment
}
