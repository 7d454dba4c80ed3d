import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { mayOpenImage } from '../../../design-docs/access.ts'
import type { ReviewFilter, ReviewItem } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { BulkDialog } from '../disputes/bulk-dialog.tsx'
import { words as disputeWords } from '../disputes/dispute-words.ts'
import { MoreFilters } from '../disputes/more-filters.tsx'
import { exportsPath } from '../exports/exports-path.ts'
import { Shown } from '../failure.tsx'
import type { FullPicture } from '../images/full-pictures.tsx'
import { Page } from '../page.tsx'
import { EvidenceSide } from './evidence-side.tsx'
import { reviewFilters as filters } from './filters.ts'
import { Photo } from './photo.tsx'
import type { QueueFilter } from './queue-items.ts'
import { QueueList, shownStatus } from './queue-list.tsx'
import { RejectDialog } from './reject-dialog.tsx'
import { useClaim } from './use-claim.ts'
import { useEvidence } from './use-evidence.ts'
import { useKeys } from './use-keys.ts'
import { useReview } from './use-review.ts'
import { useReviewQueue } from './use-review-queue.ts'

const FullPictures = lazyPart(() => import('../images/full-pictures.tsx').then((file) => file.FullPictures))
const preloaded = 3

/** Photo, evidence and queue; every decision has a key, and the next photo is there before it is asked for. */
export function ReviewPage() {
  const t = words.value.review
  const { query } = useLocation()
  const [filter, setFilter] = useState<QueueFilter>(() => ({
    filter: filters.find((one) => one === query.filter) ?? 'open',
    checkpoint: query.checkpoint ?? '',
    team: query.team ?? '',
    reason: query.reason ?? '',
    class: query.class ?? '',
    device: query.device ?? '',
  }))
  const queue = useReviewQueue(filter)
  const review = useReview(queue, filter.filter !== 'decided')
  const evidence = useEvidence(review.item, review.following().slice(0, preloaded))
  const [rejecting, setRejecting] = useState(false)
  const [listed, setListed] = useState(false)
  const [many, setMany] = useState(false)
  const [original, setOriginal] = useState<FullPicture | null>(null)
  const waiting = review.item !== null && review.waits(review.item)
  useClaim(waiting ? review.current : null)
  useKeys({
    A: () => review.decide('APPROVED'),
    R: () => review.item && setRejecting(true),
    Z: () => review.undo(evidence),
    J: review.next,
    K: review.previous,
    L: () => setListed(!listed),
    O: () => openOriginal?.(),
  })
  const { item } = review
  const openOriginal = useOriginal(item, setOriginal)
  return (
    <Page title={t.title} beside={<Filters filter={filter} onChange={setFilter} />}>
      <div class="row wrap">
        <span class="grow">
          <MoreFilters filter={filter} devices={queue.items.map(({ device }) => device)} onChange={setFilter} />
        </span>
        <a class="button" href={exportsPath('checkins', { ...filter, status: filter.filter })}>
          {words.value.nav.exports}
        </a>
        <Button onClick={() => setMany(true)}>{disputeWords.value.bulk.open}</Button>
      </div>
      {item ? (
        <div class={`review${listed ? ' listed' : ''}`}>
          <div class="review-queue">
            <QueueList
              queue={queue}
              current={review.current}
              onChoose={(checkin) => {
                review.choose(checkin)
                setListed(false)
              }}
            />
          </div>
          <div class="review-photo">
            <Photo item={item} onOriginal={openOriginal} />
            <Standing item={item} />
          </div>
          <div class="review-acts">
            <Button kind="approve" hint="A" onClick={() => review.decide('APPROVED')}>
              {t.approve}
            </Button>
            <Button kind="refuse" hint="R" onClick={() => setRejecting(true)}>
              {t.reject}
            </Button>
            <Button hint="Z" onClick={() => review.undo(evidence)}>
              {t.undo}
            </Button>
            <Button hint="K" onClick={review.previous}>
              {t.previous}
            </Button>
            <Button hint="J" onClick={review.next}>
              {t.next}
            </Button>
            <Button hint="L" aria-expanded={listed} onClick={() => setListed(!listed)}>
              {t.queue}
            </Button>
          </div>
          <EvidenceSide item={item} evidence={evidence} />
        </div>
      ) : (
        <Shown
          loaded={{
            value: queue.loading || queue.failure ? null : queue,
            failure: queue.failure,
            reload: queue.reload,
          }}
        >
          {() => (
            <State
              icon="check"
              title={filter.filter === 'decided' ? t.emptyDecided : t.empty}
              {...(filter.filter === 'decided' ? {} : { text: t.emptyText })}
            />
          )}
        </Shown>
      )}
      {many ? <BulkDialog filter={filter} onClose={() => setMany(false)} /> : null}
      {original ? <FullPictures title={original.alt} pictures={[original]} onClose={() => setOriginal(null)} /> : null}
      {rejecting ? (
        <RejectDialog
          onClose={() => setRejecting(false)}
          onReject={(comment) => {
            setRejecting(false)
            review.decide('REJECTED', comment)
          }}
        />
      ) : null}
    </Page>
  )
}

/** Opens the file as it was taken, for whoever may have it; null while it is not here. */
function useOriginal(item: ReviewItem | null, open: (picture: FullPicture) => void): (() => void) | null {
  const { who } = useDesk()
  if (!item?.photo || (item.image?.version ?? 0) === 0) return null
  if (!mayOpenImage({ roles: [who.role], teams: [] }, 'original', item.team)) return null
  const { photo } = item
  return () => open({ photo, variant: 'original', alt: `${words.value.review.original}・${item.team}` })
}

/** Over the photo: that someone else has it, or what was decided here and whether the server has it. */
function Standing({ item }: { item: ReviewItem }) {
  const t = words.value
  const { decisions, live, who, nameOf } = useDesk()
  const expected = decisions.expected.value.get(item.checkin)
  const claim = live.claims.value.get(item.checkin)
  if (expected)
    return (
      <p class="photo-standing" role="status">
        <b>{t.statuses[shownStatus(item, expected.status)]}</b> {expected.sent ? t.review.deciding : t.review.saved}
      </p>
    )
  if (claim)
    return (
      <p class="photo-standing warn" role="status">
        {t.review.claimedBy(nameOf(claim.by))}
      </p>
    )
  if (item.reviewedBy === undefined) return null
  const by = item.reviewedBy === who.account ? t.review.you : nameOf(item.reviewedBy)
  return <p class="photo-standing">{t.review.decided(t.statuses[item.status], by)}</p>
}

function Filters({ filter, onChange }: { filter: QueueFilter; onChange: (filter: QueueFilter) => void }) {
  const t = words.value
  const { overview } = useDesk()
  const byStatus = overview.value?.checkins.byStatus
  const counts: Record<ReviewFilter, number | undefined> = {
    open: byStatus && (byStatus.PENDING ?? 0) + (byStatus.AUTO_APPROVED ?? 0),
    PENDING: byStatus?.PENDING,
    AUTO_APPROVED: byStatus?.AUTO_APPROVED,
    decided: undefined,
  }
  return (
    <div class="filters">
      <fieldset class="choices">
        <legend class="hidden-text">{t.review.filterLabel}</legend>
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            class="button"
            aria-pressed={filter.filter === one}
            onClick={() => onChange({ ...filter, filter: one })}
          >
            {t.review.filters[one]}
            {counts[one] === undefined ? null : <Pill tone="quiet">{count(counts[one])}</Pill>}
          </button>
        ))}
      </fieldset>
      <select
        aria-label={t.checkpoint}
        value={filter.checkpoint}
        onChange={(event) => onChange({ ...filter, checkpoint: event.currentTarget.value })}
      >
        <option value="">{t.review.allCheckpoints}</option>
        {overview.value?.checkins.byCheckpoint.map(({ checkpoint, name }) => (
          <option key={checkpoint} value={checkpoint}>
            {t.cp(checkpoint, said(name))}
          </option>
        ))}
      </select>
    </div>
  )
}
