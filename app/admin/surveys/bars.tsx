import { count } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { words } from './survey-words.ts'
import './bars.css'

export type Bar = { id: string; label: string; count: number }

/** Counts as bars. It is a table to those who do not see it: each bar stands beside its figure, in words and percent. */
export function Bars({ label, bars, of }: { label: string; bars: readonly Bar[]; of: number }) {
  const t = words.value
  const most = Math.max(1, ...bars.map((bar) => bar.count))
  const percent = (part: number) =>
    (of === 0 ? 0 : part / of).toLocaleString(language.value, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <table class="bars">
      <caption class="hidden-text">{label}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.id}>
            <th scope="row">{bar.label}</th>
            <td class="bar-track">
              <span class="bar-fill" style={{ width: `${(bar.count / most) * 100}%` }} />
            </td>
            <td class="digits">{t.share(count(bar.count), percent(bar.count))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
