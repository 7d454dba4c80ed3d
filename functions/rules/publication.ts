import { overallId } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { PublicationAction, PublicationDoc, RankingState } from '../../design-docs/rankings.ts'

/** What an action makes of a ranking; null: there is nothing to do. */
export const nextState: Record<PublicationAction, Record<RankingState, RankingState | null>> = {
  freeze: { live: 'frozen', frozen: null, published: null, reopened: 'published' },
  unfreeze: { live: null, frozen: 'live', published: 'reopened', reopened: null },
  publish: { live: 'published', frozen: 'published', published: 'published', reopened: 'published' },
  unpublish: { live: null, frozen: null, published: 'frozen', reopened: 'live' },
}

/** Every ranking that an event has: one for each class, and that of all together. */
export const rankingsOf = ({ classes }: Pick<EventDoc, 'classes'>): string[] => [
  ...classes.map(({ id }) => id),
  overallId,
]

type EventState = Pick<EventDoc, 'phase' | 'rankingFrozenAt'>

/**
 * How a ranking stands. An event can be frozen as a whole, too: by its own document, in which case that holds for every
 * ranking that nobody has done anything about since.
 */
export function stateOf(event: EventState, publication: PublicationDoc | null, classId: string): RankingState {
  const own = publication?.classes[classId]
  const wholeSince = event.rankingFrozenAt ?? (event.phase === 'published' ? 0 : null)
  if (wholeSince === null || (own && own.at >= wholeSince)) return own?.state ?? 'live'
  return own?.state === 'published' || own?.state === 'reopened' ? 'published' : 'frozen'
}

/** Whether no change of the plan may move a score in it. */
export const isHeld = (state: RankingState) => state === 'frozen' || state === 'published'

/** The rankings in which no change of the plan may move a score. */
export function heldRankings(
  event: EventState & Pick<EventDoc, 'classes'>,
  publication: PublicationDoc | null,
): Set<string> {
  return new Set(rankingsOf(event).filter((id) => isHeld(stateOf(event, publication, id))))
}
