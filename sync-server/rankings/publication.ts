import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { publicationId, snapshotId } from '../../design-docs/ids.ts'
import { type EventDoc, event as eventSchema } from '../../design-docs/plan.ts'
import {
  type PublicationDoc,
  type PublicationWish,
  publication as publicationSchema,
  type RankingState,
  type Standing,
} from '../../design-docs/rankings.ts'
import { nextState, rankingsOf, stateOf } from '../../functions/rules/publication.ts'
import type { Couch } from '../couch/client.ts'
import { amendDoc, readDoc } from '../login/office.ts'

const deskOf = (couch: Couch, event: string) => couch.database(databaseName(event, 'desk'))

/** What is frozen and published, as it stands in `desk` at this moment; null where nobody has done either. */
export const readPublication = (couch: Couch, event: string): Promise<PublicationDoc | null> =>
  readDoc(deskOf(couch, event), publicationId, publicationSchema)

type Change = { event: EventDoc; wish: PublicationWish; by: string; nowMs: number; snapshot: string }

/**
 * Freezes, unfreezes, publishes or unpublishes rankings; those that stand so already are left as they are. `snapshot` is
 * the one that is published, or that was made for this occasion. Answers what each was and is.
 */
export async function changePublication(
  couch: Couch,
  change: Change,
): Promise<Record<string, { was: RankingState; is: RankingState }>> {
  const { event, wish } = change
  const unknown = wish.classes.find((id) => !rankingsOf(event).includes(id))
  if (unknown) throw new AppError('ZK-PLAN-004', { figures: { classId: unknown } })
  let changed: Record<string, { was: RankingState; is: RankingState }> = {}
  await amendDoc(deskOf(couch, event.code), publicationId, {
    schema: publicationSchema,
    change: (found): PublicationDoc | null => {
      changed = {}
      const classes = { ...found?.classes }
      for (const id of wish.classes) {
        const was = stateOf(event, found, id)
        const is = nextState[wish.action][was]
        if (is === null) continue
        classes[id] = standing(is, found?.classes[id], change)
        changed[id] = { was, is }
      }
      if (Object.keys(changed).length === 0) return null
      return { _id: 'publication', type: 'publication', event: event.code, classes }
    },
  })
  if (Object.keys(changed).length > 0) await followByPhase(couch, event.code)
  return changed
}

function standing(is: RankingState, before: Standing | undefined, { wish, by, nowMs, snapshot }: Change): Standing {
  const since = { at: nowMs, by }
  if (is === 'live') return { state: is, ...since }
  const shown = { snapshot: snapshotId(snapshot), publishedAt: nowMs }
  if (is === 'frozen') return { state: is, ...since, snapshot: shown.snapshot }
  const stays = before?.state === 'published' || before?.state === 'reopened'
  if (wish.action === 'publish' || !stays) return { state: is, ...since, ...shown }
  return { state: is, ...since, snapshot: before.snapshot, publishedAt: before.publishedAt }
}

/** A closed event whose classes are all public is published as a whole, and no longer so when one is taken back. */
async function followByPhase(couch: Couch, code: string): Promise<void> {
  const publication = await readPublication(couch, code)
  const isPublic = (id: string) => {
    const state = publication?.classes[id]?.state
    return state === 'published' || state === 'reopened'
  }
  await amendDoc(deskOf(couch, code), 'event', {
    schema: eventSchema,
    change: (event): EventDoc | null => {
      const all = event?.classes.every(({ id }) => isPublic(id))
      if (event?.phase === 'closed' && all) return { ...event, phase: 'published' }
      if (event?.phase === 'published' && !all) return { ...event, phase: 'closed' }
      return null
    },
  })
}
