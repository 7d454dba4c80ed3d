import type { Cause, Comparison, PlanDifference, RankingChange } from '../../../design-docs/rankings.ts'
import { movedByItself } from '../../../functions/rules/compare-rankings.ts'
import { words as adminWords } from '../../i18n/admin-words.ts'
import { count, dayAndTime, signed } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { TableScroll } from '../table-scroll.tsx'
import { words } from './ranking-words.ts'
import { useRankingName } from './use-ranking-name.ts'

const shown = 100

/** Who stands elsewhere, with points before and after and what was recorded in between; and what was changed in the plan. */
export function ComparisonView({ comparison, classes }: { comparison: Comparison; classes?: readonly string[] }) {
  const t = words.value
  const changes = comparison.changes.filter(({ classId }) => classes === undefined || classes.includes(classId))
  const all = comparison.rankings.reduce((sum, { changed }) => sum + changed, 0)
  const more = classes === undefined ? all - Math.min(changes.length, shown) : changes.length - shown
  const compared = comparison.rankings.some(({ isNew }) => !isNew)
  return (
    <div class="stack">
      {changes.length > 0 ? <Changes changes={changes.slice(0, shown)} causes={comparison.causes} /> : null}
      {changes.length === 0 && compared ? <p>{t.nothing}</p> : null}
      {more > 0 ? <p class="soft">{t.more(count(more))}</p> : null}
      {comparison.plan.length > 0 ? (
        <section>
          <h2>{t.planTitle}</h2>
          <ul>
            {comparison.plan.map((one) => (
              <li key={`${one.of} ${one.id} ${one.field}`}>{planText(one)}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function Changes({ changes, causes }: { changes: readonly RankingChange[]; causes: Comparison['causes'] }) {
  const t = words.value
  const name = useRankingName()
  return (
    <TableScroll label={t.whatChanged}>
      <table class="table">
        <caption class="hidden-text">{t.whatChanged}</caption>
        <thead>
          <tr>
            <th scope="col">{t.team}</th>
            <th scope="col">{t.inClass}</th>
            <th scope="col">{t.place}</th>
            <th scope="col">{t.net}</th>
            <th scope="col">{t.causes}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.classId} ${change.team}`}>
              <th scope="row">
                <b class="digits">{change.team}</b> {change.name}
              </th>
              <td>{name(change.classId)}</td>
              <td class="digits">
                {placeOf(change.before)} → <b>{placeOf(change.after)}</b>
              </td>
              <td class="digits">
                {change.before ? count(change.before.net) : '–'} → <b>{change.after ? count(change.after.net) : '–'}</b>
              </td>
              <td>
                {movedByItself(change) ? (
                  <Causes causes={causes[change.team] ?? []} />
                ) : (
                  <span class="soft">{t.madeRoom}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

function Causes({ causes }: { causes: readonly Cause[] }) {
  const { nameOf, overview } = useDesk()
  const zone = overview.value?.event.timeZone
  return (
    <ul>
      {causes.map((cause) => (
        <li key={cause.fact}>
          {causeText(cause)} <span class="soft">{words.value.since(dayAndTime(cause.at, zone), nameOf(cause.by))}</span>
        </li>
      ))}
    </ul>
  )
}

function causeText({ type, says }: Cause): string {
  const t = words.value
  const action = typeof says.action === 'string' ? (t.actionsSaid[says.action] ?? says.action) : ''
  const points = type === 'adjustment' && typeof says.points === 'number' ? signed(says.points) : ''
  const more = [says.checkpoint, action, points, says.comment, says.reason].filter(Boolean).join(' ')
  return `${t.causeTypes[type] ?? type} ${more}`.trim()
}

function placeOf(standing: RankingChange['before']): string {
  if (!standing) return '–'
  if (standing.place !== null) return count(standing.place)
  return standing.notPlaced ? adminWords.value.notPlaced[standing.notPlaced] : '–'
}

function planText({ of, id, field, before, after }: PlanDifference): string {
  const t = words.value
  const what = [t.planOf[of], id].filter(Boolean).join(' ')
  if (field === '') return `${what}: ${after === null ? t.went : t.came}`
  return `${what}: ${field} ${before ?? '–'} → ${after ?? '–'}`
}
