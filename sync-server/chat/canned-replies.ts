import type { CannedReplyList } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { cannedReplies } from '../../design-docs/plan.ts'
import type { Couch } from '../couch/client.ts'

const id = 'canned-replies'

/** The canned replies of an event as they stand; none where nobody has saved any. */
export async function readCannedReplies(couch: Couch, event: string): Promise<CannedReplyList> {
  const found = await couch.database(databaseName(event, 'desk')).get(id)
  if (!found) return { replies: [], _rev: null }
  const { replies, _rev = null } = cannedReplies.parse(found)
  return { replies, _rev }
}

/** Saves them all; ZK-PLAN-001 with the others in `figures.theirs` when someone saved meanwhile. */
export async function saveCannedReplies(
  couch: Couch,
  event: string,
  wanted: CannedReplyList,
): Promise<CannedReplyList> {
  const { replies, _rev } = wanted
  const doc = { _id: id, type: id, event, replies, ...(_rev === null ? {} : { _rev }) }
  if ((await couch.database(databaseName(event, 'desk')).put(doc)) === null)
    throw new AppError('ZK-PLAN-001', { figures: { theirs: await readCannedReplies(couch, event) } })
  return await readCannedReplies(couch, event)
}
