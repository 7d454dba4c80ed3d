import type { Card, CardRow } from '../../design-docs/derived.ts'
import { said } from '../i18n/dictionary.ts'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Pill, type Tone } from '../ui/pill.tsx'
import { standingFacts } from './own-facts.ts'
import { type Phone, usePhone } from './phone.ts'

const tones: Record<CardRow['status'], Tone> = { PENDING: 'wait', AUTO_APPROVED: 'ok', APPROVED: 'ok', REJECTED: 'no' }

/** The checkpoints of a card, in the order of the day, each with its time, its photo and why it stands as it does. */
export function CheckpointList({ card }: { card: Card }) {
  const t = words.value.team
  const rows = [...card.checkpoints].sort((a, b) => a.at - b.at)
  return (
    <section class="sheet flush">
      <h2 class="sheet-title">{t.checkpoints}</h2>
      {rows.length === 0 ? <p class="soft sheet-end">{t.noCheckpoints}</p> : null}
      <ul class="list numbered">
        {rows.map((row) => (
          <Row key={row.checkpoint} row={row} team={card.team} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row, team }: { row: CardRow; team: string }) {
  const phone = usePhone()
  const t = words.value
  const checkpoint = phone.checkpoints.value.get(row.checkpoint)
  const official = phone.card(team)?.checkpoints.some(({ checkin }) => checkin === row.checkin)
  const why = row.reasons.filter((reason) => reason !== 'ok').map((reason) => t.reasons[reason])
  const details = [
    timeOf(row.at, phone.timeZone.value),
    row.distanceMeters === undefined ? '' : t.meters(Math.round(row.distanceMeters)),
    photoState(phone, team, row),
    ...why,
    row.comment,
  ].filter(Boolean)
  return (
    <li>
      <span class="number">{row.checkpoint}</span>
      <div>
        <p>
          {checkpoint ? said(checkpoint.name) : ''} <span class="digits">{t.points(String(row.points))}</span>
        </p>
        <p class="soft">{details.join(t.listSeparator)}</p>
        {official ? null : <p class="soft">{t.team.provisionalMark}</p>}
      </div>
      <Pill tone={tones[row.status]}>{t.verdicts[row.status]}</Pill>
    </li>
  )
}

/** Where the photo of a check-in is: waiting here, on its way, at the server. */
function photoState({ store }: Phone, team: string, row: CardRow): string {
  const t = words.value
  const own = standingFacts(store.outbox.facts.value, team, 'photo').find(({ checkin }) => checkin === row.checkin)
  const cargo = own && store.cargo.photos.value.get(own._id)
  if (cargo?.state === 'sending') return t.photoStates.sending(cargo.piecesStored, cargo.pieces)
  if (cargo) return cargo.state === 'refused' ? t.photoStates.refused : t.photoStates.waiting
  if (own) return t.photoStates.stored
  return row.photo ? t.team.photoHere : ''
}
