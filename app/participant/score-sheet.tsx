import type { ComponentChildren } from 'preact'
import type { Card, ScoreLine } from '../../design-docs/derived.ts'
import { count, signed, timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { useOwnTeam } from './own-team.ts'

/** How the points add up, line by line; what waits for a judge stands below the total, for it is not in it. */
export function ScoreSheet({ card, fresh }: { card: Card; fresh: boolean }) {
  const t = words.value.score
  const { confirmed, provisional, pending, net } = card.points
  return (
    <section class={`sheet score${fresh ? ' fresh' : ''}`}>
      <h2>{t.title}</h2>
      <dl class="sum">
        <Line name={t.confirmed} why={t.confirmedText} value={count(confirmed)} />
        <Line name={t.automatic} why={t.automaticText} value={provisional ? signed(provisional) : '0'} />
        {card.lines.map((line, index) => (
          <Moved key={`${line.kind}${line.at ?? index}`} line={line} />
        ))}
        <Line name={t.net} value={count(net)} total />
        {pending ? <Line name={t.pending} why={t.pendingText} value={`(${signed(pending)})`} /> : null}
      </dl>
    </section>
  )
}

/** A line that moved the score, with its reason. */
function Moved({ line }: { line: ScoreLine }) {
  const { timeZone } = useOwnTeam()
  const t = words.value
  if (line.kind === 'late') {
    const why = line.minutes === undefined ? undefined : t.score.late(line.minutes)
    return <Line name={t.score.penalty} why={why} value={signed(line.points)} />
  }
  const why = [line.reason, line.at === undefined ? '' : timeOf(line.at, timeZone.value)].filter(Boolean)
  return <Line name={t.score.adjustment} why={why.join(t.listSeparator)} value={signed(line.points)} />
}

type LineProps = { name: string; why?: string | undefined; value: ComponentChildren; total?: boolean }

function Line({ name, why, value, total = false }: LineProps) {
  return (
    <div class={total ? 'total' : undefined}>
      <dt>
        {name}
        {why ? <span class="soft"> {why}</span> : null}
      </dt>
      <dd class="digits">{value}</dd>
    </div>
  )
}
