import type { ReviewItem, TeamPage } from '../../../design-docs/console.ts'
import type { ScoreLine, VerdictStatus } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, signed, timeOf } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { reasonText } from '../review/reason-text.ts'

const groups: readonly { status: VerdictStatus; name: 'confirmed' | 'provisional' | 'pending' | 'rejected' }[] = [
  { status: 'APPROVED', name: 'confirmed' },
  { status: 'AUTO_APPROVED', name: 'provisional' },
  { status: 'PENDING', name: 'pending' },
  { status: 'REJECTED', name: 'rejected' },
]

/** A score as a sum: every check-in that counts with its points, every line that moved it with its reason. */
export function Breakdown({ page: { card, verdicts } }: { page: TeamPage }) {
  const t = words.value.why
  const { nameOf } = useDesk()
  if (!card) return <p class="soft">{t.none}</p>
  const best = new Set(card.checkpoints.map(({ checkin }) => checkin))
  return (
    <div class="stack">
      {groups.map(({ status, name }) => {
        const rows = verdicts.filter((one) => one.status === status && (best.has(one.checkin) || status === 'REJECTED'))
        if (rows.length === 0) return null
        const sum = rows.reduce((total, { points }) => total + points, 0)
        return (
          <section key={status}>
            <h2 class="row">
              <span class="grow">{t[name]}</span>
              {status === 'REJECTED' ? null : <span class="digits">{count(sum)}</span>}
            </h2>
            <ul class="list numbered">
              {rows.map((item) => (
                <Line key={item.checkin} item={item} />
              ))}
            </ul>
          </section>
        )
      })}
      {card.lines.length > 0 ? (
        <section>
          <h2>{t.lines}</h2>
          <ul class="list">
            {card.lines.map((line, index) => (
              <li key={index}>
                <span>{lineText(line, nameOf)}</span>
                <b class="digits">{signed(line.points)}</b>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p class="row sum">
        <b class="grow">{t.sum}</b>
        <b class="figure">{count(card.points.net)}</b>
      </p>
    </div>
  )
}

function Line({ item }: { item: ReviewItem }) {
  const zone = useDesk().overview.value?.event.timeZone
  const speaks = item.reasons.filter((reason) => reason !== 'ok').map((reason) => reasonText(reason, item))
  return (
    <li>
      <span class="number">{item.checkpoint}</span>
      <span>
        {item.checkpointName ? said(item.checkpointName) : words.value.unknownCheckpoint}
        <span class="soft"> {timeOf(item.at, zone)}</span>
        {speaks.map((text) => (
          <div class="soft" key={text}>
            {text}
          </div>
        ))}
        {item.comment ? <div class="soft">{item.comment}</div> : null}
      </span>
      <b class="digits">{item.status === 'REJECTED' ? words.value.none : signed(item.points)}</b>
    </li>
  )
}

function lineText({ kind, minutes, reason, by }: ScoreLine, nameOf: (account: string) => string): string {
  const t = words.value.why
  if (kind === 'late') return t.late(count(minutes ?? 0))
  return [reason, by && t.by(nameOf(by))].filter(Boolean).join(' ')
}
