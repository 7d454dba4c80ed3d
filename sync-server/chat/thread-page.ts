import type { ThreadPage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { MessageDoc } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { messageId } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from '../results/desk-view.ts'
import { reviewItemOf } from '../results/review-item.ts'
import { silentThread, threadRowOf } from './thread-row.ts'

type Asked = { event: string; team: string }

/** All that was said with a team, and what it is about; ZK-PLAN-004 when there is no such team. */
export async function threadPageOf(
  couch: Couch,
  view: DeskView,
  { event, team, now }: Asked & { now: number },
): Promise<ThreadPage> {
  const thread = view.threads.get(team)
  if (!thread && !view.teams.has(team)) throw new AppError('ZK-PLAN-004', { figures: { team } })
  const messages = thread ? await messagesOf(couch, { event, team }) : []
  const asked = new Set(messages.flatMap(({ about }) => about ?? []))
  return {
    now,
    thread: threadRowOf(view, thread ?? silentThread(event, team)),
    messages,
    handling: thread?.handling ?? [],
    about: [...asked].flatMap((checkin) => {
      const verdict = view.verdicts.get(checkin)
      return verdict ? [reviewItemOf(view, verdict)] : []
    }),
  }
}

/** The messages of a team, or of all, oldest first. */
export async function messagesOf(
  couch: Couch,
  { event, team }: { event: string; team?: string | undefined },
): Promise<Omit<MessageDoc, '_rev'>[]> {
  const prefix = messageId(team === undefined ? '' : `${team}:`)
  const range = { startkey: prefix, endkey: `${prefix.slice(0, -1)};` }
  const rows = await couch.database(databaseName(event, 'desk')).all({ ...range, includeDocs: true })
  const messages = rows.flatMap(({ doc }) => (doc ? [withoutRevision(doc as unknown as MessageDoc)] : []))
  return messages.sort((one, other) => one.at - other.at || (one._id < other._id ? -1 : 1))
}

const withoutRevision = ({ _rev, ...message }: MessageDoc): Omit<MessageDoc, '_rev'> => message
