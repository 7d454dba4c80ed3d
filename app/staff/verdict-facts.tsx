import type { Card, CardRow } from '../../design-docs/derived.ts'
import { duration, fromNow, signed, timeOf, timeWithSeconds } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Facts } from '../ui/facts.tsx'
import { personName } from './person-name.ts'
import { usePhone } from './phone.ts'
import { photosOf } from './photo-flow.ts'
import { checkinOf, type Shown } from './scan-flow.ts'
import { placeName } from './station.ts'
import { teamCard } from './team-card.ts'
import { timeLeftMs } from './time-left.ts'

/** The figures behind a verdict: of this check-in, of the earlier one, or of what stands in its way. */
export function VerdictFacts({ seen }: { seen: Shown }) {
  const { verdict, checkin } = seen
  const rows = checkin ? <Recorded seen={seen} /> : verdict.previous ? <Earlier seen={seen} /> : <Doubt seen={seen} />
  return <div class="verdict-facts">{rows}</div>
}

function Recorded({ seen }: { seen: Shown }) {
  const phone = usePhone()
  const t = words.value
  const { checkin, verdict } = seen
  if (!checkin) return null
  const card = teamCard(phone, checkin.team)
  const row = card?.checkpoints.find((one) => one.checkin === checkin._id)
  const left = card && timeLeftMs(card, phone.event.value, phone.now.value)
  const accuracy = checkin.position ? t.accuracy(Math.round(checkin.position.accuracyMeters)) : t.verdict.noPosition
  const present = checkin.membersPresent?.length
  const photos = photosOf(phone, checkin.team, checkin._id)
  return (
    <Facts
      rows={[
        [t.verdict.rows.recorded, `${timeWithSeconds(checkin.at, phone.timeZone.value)} (${accuracy})`],
        [t.verdict.rows.points, card && (row ? pointsText(row, card) : t.verdict.noChange)],
        [t.verdict.rows.remaining, left === null || left === undefined ? null : timeLeftText(left)],
        [
          t.verdict.members,
          present !== undefined && verdict.card ? t.members.present(present, verdict.card.members.length) : null,
        ],
        [t.verdict.rows.photo, photos ? t.verdict.photoCount(photos) : null],
      ]}
    />
  )
}

/** What the check-in adds, or why it waits for a person. */
function pointsText({ points, status, reasons }: CardRow, card: Card): string {
  const t = words.value
  if (status === 'AUTO_APPROVED' || status === 'APPROVED')
    return t.verdict.score(signed(points), String(card.points.net))
  const why = reasons.filter((reason) => reason !== 'ok').map((reason) => t.reasons[reason])
  return t.verdict.waits(String(points), why.join(t.listSeparator))
}

const timeLeftText = (ms: number) => (ms < 0 ? words.value.verdict.overdue(duration(-ms)) : duration(ms))

function Earlier({ seen }: { seen: Shown }) {
  const phone = usePhone()
  const t = words.value.verdict
  const { previous, team } = seen.verdict
  const who = phone.store.session.who.value
  if (!previous || !team) return null
  const here = previous.device === who?.device
  const place = placeName(seen.station, phone.checkpoints.value)
  const device = here ? t.thisDevice : previous.device && t.device(previous.device.slice(0, 6))
  const earlier = checkinOf(phone, seen)
  const photos = earlier ? photosOf(phone, team, earlier) : null
  return (
    <Facts
      rows={[
        [t.rows.previous, `${timeOf(previous.at, phone.timeZone.value)} (${fromNow(previous.at, phone.now.value)})`],
        [t.rows.place, [place, device].filter(Boolean).join(words.value.listSeparator)],
        [t.rows.person, previous.by === who?.account ? who.name : personName(phone.store, previous.by)],
        [t.rows.photo, photos === null ? null : photos ? t.photoCount(photos) : t.photoNone],
      ]}
    />
  )
}

function Doubt({ seen }: { seen: Shown }) {
  const phone = usePhone()
  const t = words.value.verdict
  const { card, bibIssue, kind } = seen.verdict
  const event = kind === 'wrong-event' ? seen.text?.split(':')[1]?.toLowerCase() : undefined
  const retired = card?.retired
  return (
    <Facts
      rows={[
        [t.rows.event, event],
        [t.rows.issue, bibIssue === null ? null : t.issue(bibIssue)],
        [
          t.rows.retired,
          retired &&
            [timeOf(retired.at, phone.timeZone.value), retired.reason, retired.place].filter(Boolean).join(' '),
        ],
        [t.rows.reason, card?.statusReason],
        [
          t.rows.reception,
          card?.reception &&
            [timeOf(card.reception.at, phone.timeZone.value), card.reception.feePaid ? t.feePaid : t.feeUnpaid].join(
              words.value.listSeparator,
            ),
        ],
        [t.rows.note, card?.reception?.note],
        [t.rows.content, kind === 'unreadable' ? seen.text?.slice(0, 80) : null],
      ]}
    />
  )
}
