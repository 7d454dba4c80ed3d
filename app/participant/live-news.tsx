import type { Card } from '../../design-docs/derived.ts'
import { count } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { checkpointName } from './checkpoint-name.ts'
import { useOwnTeam } from './own-team.ts'
import type { CardPart } from './what-changed.ts'

/** Says to screen readers what glows for everyone else. */
export function LiveNews({ card, fresh }: { card: Card; fresh: ReadonlySet<CardPart> }) {
  const { checkpoints } = useOwnTeam()
  const t = words.value
  const rows = card.checkpoints
    .filter(({ checkpoint }) => fresh.has(`row:${checkpoint}`))
    .map(({ checkpoint, status }) => t.changed.row(checkpointName(checkpoint, checkpoints.value), t.statuses[status]))
  const news = [...rows, ...(fresh.has('net') ? [t.changed.net(count(card.points.net))] : [])]
  return (
    <p class="hidden-text" role="status">
      {news.join(' ')}
    </p>
  )
}
