import { useState } from 'preact/hooks'
import type { Card, CardRow, Verdict, VerdictStatus } from '../../design-docs/derived.ts'
import { count, timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Pill, type Tone } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { UndoVisit } from './check-in/undo-visit.tsx'
import { checkpointName } from './checkpoint-name.ts'
import { deliveryOf } from './delivery.ts'
import { useOwnTeam } from './own-team.ts'
import { reasonTexts } from './reason-texts.ts'
import type { CardPart } from './what-changed.ts'

/** What each status looks like. */
export const statusTones: Record<VerdictStatus, Tone> = {
  PENDING: 'wait',
  AUTO_APPROVED: 'ok',
  APPROVED: 'ok',
  REJECTED: 'no',
}

/** Where the team was, the last first, with what became of each and why. */
export function CheckpointList({ card, fresh }: { card: Card; fresh: ReadonlySet<CardPart> }) {
  const t = words.value.checkpoints
  const rows = [...card.checkpoints].sort((a, b) => b.at - a.at)
  return (
    <section class="sheet flush">
      <div class="row sheet-title">
        <h2 class="grow">{t.title}</h2>
        {rows.length > 0 ? <p class="soft digits">{t.summary(count(rows.length))}</p> : null}
      </div>
      {rows.length === 0 ? <State icon="place" title={t.none} text={t.noneText} /> : null}
      <ul class="list numbered">
        {rows.map((row) => (
          <Row key={row.checkpoint} row={row} fresh={fresh.has(`row:${row.checkpoint}`)} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row, fresh }: { row: CardRow; fresh: boolean }) {
  const { checkpoints, timeZone, verdicts, store } = useOwnTeam()
  const [undoing, setUndoing] = useState(false)
  const t = words.value
  const all = verdicts.value.get(row.checkpoint) ?? []
  const own = all.find(({ checkin }) => checkin === row.checkin)
  const why = reasonTexts({ ...row, figures: own?.figures ?? {} })
  const delivery = deliveryOf(store, row.checkin)
  const isOwn = store.outbox.facts.value.has(row.checkin) && row.status !== 'APPROVED'
  const name = checkpointName(row.checkpoint, checkpoints.value)
  const facts = [
    timeOf(row.at, timeZone.value),
    row.distanceMeters === undefined ? '' : t.meters(count(Math.round(row.distanceMeters))),
    row.photo ? t.checkpoints.photo : '',
  ]
  return (
    <li class={fresh ? 'fresh' : undefined}>
      <span class="number">{row.checkpoint}</span>
      <div>
        <div class="row-head">
          <p>
            {name}
            {row.points ? <span class="worth"> {t.points(count(row.points))}</span> : null}
          </p>
          <Pill tone={statusTones[row.status]}>{t.statuses[row.status]}</Pill>
        </div>
        <p class="soft">{facts.filter(Boolean).join(t.listSeparator)}</p>
        {delivery ? (
          <Pill tone={delivery === 'refused' ? 'no' : 'warn'}>{t.checkpoints.delivery[delivery]}</Pill>
        ) : null}
        {why.map((text) => (
          <p key={text} class="why">
            {text}
          </p>
        ))}
        {row.comment ? <p class="why">{t.checkpoints.judge(row.comment)}</p> : null}
        <a class="button bare" href={`/team/chat?about=${row.checkin}`}>
          {t.checkpoints.ask}
          <span class="hidden-text"> {name}</span>
        </a>
        {isOwn ? (
          <Button kind="bare" onClick={() => setUndoing(true)}>
            {t.checkpoints.undo}
            <span class="hidden-text"> {name}</span>
          </Button>
        ) : null}
        {undoing ? <UndoVisit row={row} name={name} onClose={() => setUndoing(false)} /> : null}
        {all
          .filter(({ checkin }) => checkin !== row.checkin)
          .map((other) => (
            <Other key={other.checkin} verdict={other} />
          ))}
      </div>
    </li>
  )
}

/** A further check-in at the same place, which does not count beside the better one. */
function Other({ verdict }: { verdict: Verdict }) {
  const { timeZone } = useOwnTeam()
  const t = words.value
  const text = t.checkpoints.other(timeOf(verdict.at, timeZone.value), t.statuses[verdict.status])
  return <p class="soft">{[text, ...reasonTexts(verdict), verdict.comment].filter(Boolean).join(t.listSeparator)}</p>
}
