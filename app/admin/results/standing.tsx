import type { RankingRow } from '../../../design-docs/derived.ts'
import { type PlaceReason, placeReason } from '../../../functions/rules/place-reason.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, duration, timeWithSeconds } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'

/** Why a team has its place, what its share of confirmed check-ins is made of, and its finish. */
export function Standing({ rows, team }: { rows: readonly RankingRow[]; team: string }) {
  const t = words.value.why
  const zone = useDesk().overview.value?.event.timeZone
  const row = rows.find((one) => one.team === team)
  const reason = placeReason(rows, team)
  if (!row || !reason) return null
  const nameOf = (other: string) => `${other} ${rows.find((one) => one.team === other)?.name ?? ''}`.trim()
  return (
    <div class="stack standing">
      <section>
        <h2>{t.place(row.place === null ? words.value.none : count(row.place))}</h2>
        <p>{placeText(reason, nameOf)}</p>
      </section>
      <section>
        <h2>{t.share(confirmedShare(row))}</h2>
        <p>{t.shareOf(count(row.confirmedCheckins), count(row.checkins))}</p>
      </section>
      <section>
        <h2>{t.goal(row.goalAt === null ? words.value.none : timeWithSeconds(row.goalAt, zone))}</h2>
        <p>{finishText(row)}</p>
      </section>
    </div>
  )
}

/** Confirmed among all check-ins in percent; a dash where there are none, since none of nothing is no share. */
export const confirmedShare = ({ checkins, confirmedCheckins }: RankingRow) =>
  checkins === 0 ? words.value.none : `${Math.floor((confirmedCheckins / checkins) * 100)}%`

function placeText(reason: PlaceReason, nameOf: (team: string) => string): string {
  const t = words.value.why
  switch (reason.kind) {
    case 'not-placed':
      return words.value.notPlaced[reason.why]
    case 'first':
      return t.first
    case 'shared':
      return t.shared(words.value.list(reason.with.map(nameOf)))
    case 'fewer-points':
      return t.fewerPoints(nameOf(reason.ahead), count(reason.points))
    case 'later-finish':
      return reason.ms === null
        ? t.noFinish(nameOf(reason.ahead))
        : t.laterFinish(nameOf(reason.ahead), duration(reason.ms))
  }
}

function finishText({ goalAt, elapsedMs, startShiftMs, penalty }: RankingRow): string {
  const t = words.value.why
  if (goalAt === null) return t.noGoal
  const parts = [
    t.goalIs,
    elapsedMs === undefined ? '' : t.elapsed(duration(elapsedMs)),
    startShiftMs === undefined ? '' : t.startShift(duration(startShiftMs)),
    penalty > 0 ? `${words.value.rankings.penalty} ${count(-penalty)}` : '',
  ]
  return parts.filter(Boolean).join(' ')
}
