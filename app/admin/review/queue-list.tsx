import { useEffect, useRef } from 'preact/hooks'
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
  const t = words.value
  const { decisions, live, overview, nameOf } = useDesk()
  const chosen = useRef<HTMLButtonElement>(null)
  useEffect(() => chosen.current?.scrollIntoView({ block: 'nearest' }), [current])
  return (
    <ol class="queue" aria-label={t.review.queue}>
      {queue.items.map((item) => {
        const expected = decisions.expected.value.get(item.checkin)
        const claim = live.claims.value.get(item.checkin)
        return (
          <li key={item.checkin}>
            <button
              ref={item.checkin === current ? chosen : null}
              type="button"
              aria-current={item.checkin === current ? 'true' : undefined}
              onClick={() => onChoose(item.checkin)}
            >
              <b class="digits">{item.team}</b>
              <span class="queue-place">
                {item.checkpoint} {item.checkpointName ? said(item.checkpointName) : ''}
              </span>
              <span class="soft digits">{timeOf(item.at, overview.value?.event.timeZone)}</span>
              {claim ? <span class="soft">{t.review.claimedBy(nameOf(claim.by))}</span> : null}
              <StatusPill status={shownStatus(item, expected?.status)} />
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** The status as it will be once what was decided here has come back. */
export const shownStatus = (item: ReviewItem, expected: ReviewItem['status'] | 'undone' | undefined) =>
  expected === undefined ? item.status : expected === 'undone' ? item.automatic : expected
