import type { Ref } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { ReviewItem } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { timeOf } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { StatusPill } from '../status-pill.tsx'
import type { Queue } from './use-review-queue.ts'

type Props = { queue: Queue; current: string | null; onChoose: (checkin: string) => void }

/** The queue in its order; what is decided stays in its place, so that nothing moves under the hand. */
export function QueueList({ queue, current, onChoose }: Props) {
  const { decisions, live, overview, nameOf } = useDesk()
  const chosen = useRef<HTMLButtonElement>(null)
  useEffect(() => chosen.current?.scrollIntoView({ block: 'nearest' }), [current])
  return (
    <ol class="queue" aria-label={words.value.review.queue}>
      {queue.items.map((item) => {
        const claim = live.claims.value.get(item.checkin)
        return (
          <QueueRow
            key={item.checkin}
            item={item}
            status={shownStatus(item, decisions.expected.value.get(item.checkin)?.status)}
            claimedBy={claim ? nameOf(claim.by) : null}
            zone={overview.value?.event.timeZone}
            chosen={item.checkin === current ? chosen : null}
            onChoose={onChoose}
          />
        )
      })}
    </ol>
  )
}

type RowProps = {
  item: ReviewItem
  status: ReviewItem['status']
  claimedBy: string | null
  zone: string | undefined
  chosen: Ref<HTMLButtonElement> | null
  onChoose: (checkin: string) => void
}

/** Made anew only when something of it changes: there are hundreds, and each decision changes two. */
function QueueRow({ item, status, claimedBy, zone, chosen, onChoose }: RowProps) {
  const t = words.value
  const choose = useRef(onChoose)
  choose.current = onChoose
  return useMemo(
    () => (
      <li>
        <button
          ref={chosen}
          type="button"
          aria-current={chosen ? 'true' : undefined}
          onClick={() => choose.current(item.checkin)}
        >
          <b class="digits">{item.team}</b>
          <span class="queue-place">
            {item.checkpoint} {item.checkpointName ? said(item.checkpointName) : ''}
          </span>
          <span class="soft digits">{timeOf(item.at, zone)}</span>
          {claimedBy === null ? null : <span class="soft">{t.review.claimedBy(claimedBy)}</span>}
          <StatusPill status={status} />
        </button>
      </li>
    ),
    [item, status, claimedBy, zone, chosen, t],
  )
}

/** The status as it will be once what was decided here has come back. */
export const shownStatus = (item: ReviewItem, expected: ReviewItem['status'] | 'undone' | undefined) =>
  expected === undefined ? item.status : expected === 'undone' ? item.automatic : expected
