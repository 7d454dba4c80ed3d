import type { Claim, LiveMessage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskBatch, DeskFollower } from './desk-follower.ts'
import { type DeskDoc, type DeskView, emptyView, takeIn } from './desk-view.ts'
import { reviewItemOf } from './review-item.ts'

/** One message of the feed as it goes over the wire; `id` is where a broken feed may be taken up again. */
export type FeedMessage = { name: keyof LiveMessage; id?: string; data: LiveMessage[keyof LiveMessage] }

const ofPalettes = new Set(['palette', 'palette-plan', 'portrait', 'recolour', 'recoloured'])

/** What a batch of changes in `desk` means to a console: check-ins in full, the rest by name to be read again. */
export function changeMessage(view: DeskView, batch: Pick<DeskBatch, 'docs' | 'seq'>): FeedMessage {
  const data: LiveMessage['change'] = {
    items: [],
    rankings: [],
    cards: [],
    teams: [],
    images: [],
    notices: [],
    threads: [],
    pages: false,
    surveys: false,
    palettes: false,
    plan: false,
  }
  const photos = new Set<string>()
  const threads = new Set<string>()
  for (const doc of batch.docs) {
    if (doc.type === 'verdict') data.items.push(reviewItemOf(view, doc))
    else if (doc.type === 'ranking') data.rankings.push(doc.classId)
    else if (doc.type === 'card') data.cards.push(doc.team)
    else if (doc.type === 'team') data.teams.push(doc.number)
    else if (doc.type === 'image') photos.add(doc.photo)
    else if (doc.type === 'notice') data.notices.push(doc._id)
    else if (doc.type === 'thread' || doc.type === 'message') threads.add(doc.team)
    else if (doc.type === 'page') data.pages = true
    else if (doc.type === 'survey' || doc.type === 'tally') data.surveys = true
    else if (ofPalettes.has(doc.type)) data.palettes = true
    else data.plan = true
  }
  data.threads = [...threads]
  data.images = [...photos]
  data.items.push(...itemsOfPictures(view, photos, new Set(data.items.map(({ checkin }) => checkin))))
  return { name: 'change', id: batch.seq, data }
}

/** A picture that has become better is news about its check-in. */
function itemsOfPictures(view: DeskView, photos: ReadonlySet<string>, told: ReadonlySet<string>) {
  return [...photos].flatMap((photo) => {
    const checkin = view.images.get(photo)?.checkin
    const verdict = checkin && !told.has(checkin) ? view.verdicts.get(checkin) : undefined
    return verdict?.photo === photo ? [reviewItemOf(view, verdict)] : []
  })
}

/** What changed in `desk` since a sequence that an earlier feed gave out; null when the sequence means nothing here. */
export async function changesSince(
  couch: Couch,
  follower: DeskFollower,
  since: { event: string; seq: string },
): Promise<FeedMessage[] | null> {
  const desk = couch.database(databaseName(since.event, 'desk'))
  const messages: FeedMessage[] = []
  let from: string | number = since.seq
  try {
    for (;;) {
      const { results, last_seq } = await desk.changes({ since: from, limit: 1000, includeDocs: true })
      if (results.length === 0) return messages
      const scratch = emptyView()
      const docs = results.flatMap(({ doc }) => (doc ? (takeIn(scratch, doc) ?? []) : [])) as DeskDoc[]
      messages.push(changeMessage(follower.view, { docs, seq: String(last_seq) }))
      from = last_seq
    }
  } catch {
    // A sequence of another installation or before a restore: the console loads everything anew instead.
    return null
  }
}

/** Tells every open feed of this process who looks at what. */
export function claimBoard() {
  const listeners = new Map<string, Set<(message: FeedMessage) => void>>()
  return {
    listen(event: string, listener: (message: FeedMessage) => void): () => void {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    tell(event: string, held: Claim[], released: string[]): void {
      for (const listener of listeners.get(event) ?? []) listener({ name: 'claims', data: { held, released } })
    },
  }
}
export type ClaimBoard = ReturnType<typeof claimBoard>
