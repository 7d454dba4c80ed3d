import { useMemo } from 'preact/hooks'
import type { CheckinFact, Fact, PhotoFact } from '../../../design-docs/facts.ts'
import { factId } from '../../../design-docs/ids.ts'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { preview } from '../../../functions/rules/preview.ts'
import type { Moment } from '../../device/moment.ts'
import { words } from '../../i18n/check-in-words.ts'
import { count } from '../../i18n/format.ts'
import { words as appWords } from '../../i18n/participant-words.ts'
import { Pill } from '../../ui/pill.tsx'
import { statusTones } from '../checkpoint-list.tsx'
import { useOwnTeam } from '../own-team.ts'
import { reasonTexts } from '../reason-texts.ts'

type ExpectedProps = { checkpoint: CheckpointDoc; team: string; hasPhoto: boolean; moment: Moment }

/** How the rules would judge this visit, told before it is recorded: by the same rules that the server has. */
export function Expected({ checkpoint, team, hasPhoto, moment: { stamp, position } }: ExpectedProps) {
  const own = useOwnTeam()
  const t = words.value
  const who = own.store.session.who.value
  const event = own.event.value
  const card = own.card.value
  const row = useMemo(() => {
    if (!who || !event || !card) return null
    const claim = { ...stamp, event: who.event, team, by: who.account, as: who.role, device: who.device }
    const where = position ? { position } : {}
    const _id = factId(team, 'checkin', '0'.repeat(26))
    const visit = { _id, type: 'checkin', ...claim, checkpoint: checkpoint.number, verified: false, ...where }
    const photo = { _id: factId(team, 'photo', '0'.repeat(26)), type: 'photo', ...claim, purpose: 'checkin', ...where }
    const facts = [
      { ...visit, method: hasPhoto ? 'photo' : 'gps' } as CheckinFact,
      ...(hasPhoto ? [{ ...photo, checkin: _id } as unknown as PhotoFact] : []),
    ] satisfies Fact[]
    const next = preview(card, facts, { event, checkpoints: own.checkpoints.value })
    return next.checkpoints.find(({ checkin }) => checkin === _id) ?? 'beaten'
  }, [card, event, who])
  if (row === null) return null
  const distance = typeof row === 'object' ? row.distanceMeters : undefined
  return (
    <section class="expected" aria-label={t.expected}>
      <p class="soft">{t.expected}</p>
      {row === 'beaten' ? (
        <p>{appWords.value.reasons.duplicate}</p>
      ) : (
        <p>
          <Pill tone={statusTones[row.status]}>{appWords.value.statuses[row.status]}</Pill>{' '}
          {row.points ? appWords.value.points(count(row.points)) : ''}{' '}
          {distance === undefined ? '' : appWords.value.meters(count(Math.round(distance)))}
        </p>
      )}
      {typeof row === 'object' ? reasonTexts({ ...row, figures: {} }).map((text) => <p key={text}>{text}</p>) : null}
    </section>
  )
}
