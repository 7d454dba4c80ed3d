import { useEffect, useState } from 'preact/hooks'
import type { Evidence, ReviewItem } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { duration, timeWithSeconds } from '../../i18n/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { useDesk } from '../desk/context.ts'
import { CheckInActs } from '../disputes/check-in-acts.tsx'
import { CheckInHistory } from '../disputes/check-in-history.tsx'
import { StatusPill } from '../status-pill.tsx'
import { EvidenceMap } from './evidence-map.tsx'
import { clockFigures, distanceText, reasonText, shortNumber } from './reason-text.ts'

/** Everything beside the photo that a decision may rest on. */
export function EvidenceSide({ item, evidence }: { item: ReviewItem; evidence: Evidence | null }) {
  const t = words.value.review
  return (
    <aside class="evidence" aria-label={t.evidence}>
      <div class="row wrap">
        <StatusPill status={item.status} />
        <div class="reasons">
          {item.reasons.map((reason) => (
            <b key={reason}>{reasonText(reason, item)}</b>
          ))}
        </div>
      </div>
      {item.counts || !item.status.endsWith('APPROVED') ? null : <p class="soft">{t.notCounting}</p>}
      {evidence ? <EvidenceMap evidence={evidence} /> : <div class="map" />}
      <EvidenceFacts item={item} evidence={evidence} />
      {evidence ? <Reference evidence={evidence} /> : null}
      {evidence ? <CheckInActs item={item} evidence={evidence} /> : null}
      {evidence ? <CheckInHistory evidence={evidence} /> : null}
    </aside>
  )
}

function EvidenceFacts({ item, evidence }: { item: ReviewItem; evidence: Evidence | null }) {
  const t = words.value.review
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const limit = evidence?.checkpoint?.radiusMeters
  const position = evidence?.position
  return (
    <Facts
      rows={[
        [t.taken, timeWithSeconds(item.at, zone)],
        [
          t.arrived,
          item.firstSeenAt === null ? null : (
            <>
              {timeWithSeconds(item.firstSeenAt, zone)}
              {item.firstSeenAt - item.at > 120_000 ? (
                <span class="soft"> {t.arrivedLater(duration(item.firstSeenAt - item.at))}</span>
              ) : null}
            </>
          ),
        ],
        [
          t.distance,
          item.distanceMeters === undefined
            ? null
            : `${distanceText(item.distanceMeters)} / ${limit === undefined ? '' : distanceText(limit)}`,
        ],
        [t.accuracy, position ? `±${distanceText(position.accuracyMeters)}` : null],
        [t.clock, evidence ? clockText(evidence) : null],
        ...clockFigures(item.figures),
        [t.points, shortNumber(item.points)],
        [t.method, t.methods[item.method] ?? item.method],
        [t.by, `${words.value.roles[item.as]} ${nameOf(item.by)}`],
        [t.carrier, evidence?.carrier ? nameOf(evidence.carrier) : null],
        [
          t.members,
          evidence && evidence.membersPresent.length > 0
            ? t.membersOf(String(evidence.membersPresent.length), String(evidence.memberCount))
            : null,
        ],
      ]}
    />
  )
}

/** How far the device's clock was from the server's, as last measured. */
function clockText({ clock }: Evidence): string {
  if (clock.measuredAt === null) return words.value.review.clockUnknown
  const seconds = -clock.offsetMs / 1000
  const sign = seconds < 0 ? '−' : '+'
  return words.value.seconds(`${sign}${shortNumber(Math.abs(seconds))}`)
}

function Reference({ evidence }: { evidence: Evidence }) {
  const t = words.value.review
  const { who, pictures } = useDesk()
  const [url, setUrl] = useState<string | null>(null)
  const { checkpoint, item } = evidence
  useEffect(() => {
    let current = true
    setUrl(null)
    if (checkpoint?.hasReference)
      void pictures
        .url(`/api/events/${who.event}/plan/checkpoints/${item.checkpoint}/reference`)
        .then((got) => current && setUrl(got))
    return () => {
      current = false
    }
  }, [item.checkpoint, checkpoint?.hasReference])
  if (!checkpoint) return null
  return (
    <section class="reference">
      <h2>{t.reference}</h2>
      <div class="row">
        {url ? (
          <img src={url} alt={t.reference} />
        ) : (
          <span class="soft">{checkpoint.hasReference ? '' : t.noReference}</span>
        )}
        <span>{checkpoint.mustShow ? said(checkpoint.mustShow) : <span class="soft">{t.mustShowNone}</span>}</span>
      </div>
    </section>
  )
}
