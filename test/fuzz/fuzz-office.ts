import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import type { CheckinFact, Fact } from '../../design-docs/facts.ts'
import { pageId, ulid } from '../../design-docs/ids.ts'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { BatchFile } from '../../design-docs/uploads.ts'
import { voidedFacts } from '../../functions/rules/void-facts.ts'
import type { Couch } from '../../sync-server/couch/client.ts'
import { moveFacts } from '../../sync-server/disputes/move-facts.ts'
import { writeMove } from '../../sync-server/disputes/write-move.ts'
import type { Storage } from '../../sync-server/images/storage.ts'
import { readPages } from '../../sync-server/pages/read-pages.ts'
import { savePage } from '../../sync-server/pages/save-page.ts'
import { emptyView, takeIn } from '../../sync-server/results/desk-view.ts'
import { writeFactsOnce } from '../../sync-server/setup/write-facts-once.ts'
import { uploadFacts, type WholeUpload } from '../../sync-server/uploads/upload-facts.ts'
import { previewFilm } from './make-film.ts'
import type { Random } from './random.ts'
import { fail } from './same.ts'

/** What organizers do beside the phones, through the code behind the console's routes. */
export type FuzzOffice = {
  /** Facts that were written here. */
  made: Set<string>
  /** Originals that were uploaded here, by SHA-256. */
  film: Map<string, Buffer>
  savePage(title: string): Promise<void>
  /** Moves some check-in that stands and is judged, if there is one; asked for twice, as after a lost answer. */
  move(random: Random, to: { team: string; checkpoint: string }): Promise<void>
  /** Takes a photo into the log as a batch does, twice, as after a lost answer. */
  upload(film: Buffer, to: { team: string; checkpoint: string }): Promise<void>
}

type Around = { event: string; couch(): Couch; storage: Storage; now(): number }

export function fuzzOffice({ event, couch, storage, now }: Around): FuzzOffice {
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const device = 'desk00000001'
  const docsOf = async (kind: 'log' | 'desk') =>
    (await couch().database(databaseName(event, kind)).all({ includeDocs: true })).flatMap(({ doc }) => doc ?? [])

  const office: FuzzOffice = {
    made: new Set(),
    film: new Map(),
    async savePage(title) {
      const page = 'guide'
      const [before] = await readPages(couch(), event)
      const words = { ja: title, en: title }
      const head = { _id: pageId(page), type: 'page', kind: 'guide', event, state: 'shown', order: 0 } as const
      const wanted: PageDoc = { ...head, title: words, body: words, ...(before?._rev ? { _rev: before._rev } : {}) }
      await savePage(couch(), { event, page }, wanted)
    },
    async move(random, to) {
      const view = emptyView()
      for (const doc of await docsOf('desk')) takeIn(view, doc)
      const facts = (await docsOf('log')) as unknown as Fact[]
      const voided = voidedFacts(facts)
      const free = facts.filter(
        (fact): fact is CheckinFact =>
          fact.type === 'checkin' &&
          !voided.has(fact._id) &&
          view.verdicts.has(fact._id) &&
          (fact.team !== to.team || fact.checkpoint !== to.checkpoint),
      )
      if (free.length === 0) return
      const id = ulid(
        now(),
        Uint8Array.from({ length: 10 }, () => random.below(256)),
      )
      const move = { kind: 'move', id, ageMs: 0, checkin: random.pick(free)._id, to, reason: 'the wrong bib' } as const
      const caller = {
        account: 'desk',
        session: 'desk',
        device,
        event,
        roles: ['judge'],
        teams: [],
        expiresAt: 0,
      } as const
      for (let times = 0; times < 2; times++) {
        const moved = await moveFacts(couch(), move, { view, event, author: caller, nowMs: now() })
        for (const { _id } of [moved.checkin, ...moved.photos, moved.undo]) office.made.add(_id)
        await writeMove(couch(), moved, now())
      }
    },
    async upload(film, { team, checkpoint }) {
      const hash = sha256(film)
      const storageKey = `uploads/${event}/${hash}`
      office.film.set(hash, film)
      await storage.put(storageKey, film)
      const picture = { bytes: film.length, width: 60, height: 42, contentType: 'image/jpeg', pieces: [hash] }
      const file = { event, sha256: hash, storageKey, ...picture } as unknown as BatchFile
      const at = now() - 60_000
      const placed = { team, checkpoint, at, cameraAt: at, atFrom: 'camera', position: null, lacks: [] }
      const writing = {
        author: { by: 'desk', as: 'judge', device },
        nowMs: now(),
        server: 'fuzz',
        preview: previewFilm,
      } as const
      const facts = uploadFacts(file, placed as unknown as WholeUpload, writing)
      for (const { _id } of facts) office.made.add(_id)
      await writeFactsOnce(couch(), event, facts)
      const again = await writeFactsOnce(couch(), event, facts)
      if (again.size !== facts.length) fail(`an upload was written twice: ${facts[0]._id}`)
    },
  }
  return office
}
