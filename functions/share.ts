import type { Card, KeysDoc, NoticeDoc, Ranking } from '../design-docs/derived.ts'
import { checkpointId, overallId, publicationId, rankingId } from '../design-docs/ids.ts'
import type { PageDoc } from '../design-docs/pages.ts'
import type { PaletteDoc } from '../design-docs/palettes.ts'
import type { CheckpointDoc, EventDoc, SettingDoc } from '../design-docs/plan.ts'
import type { PublicationDoc, SnapshotDoc } from '../design-docs/rankings.ts'
import type { SurveyDoc } from '../design-docs/surveys.ts'
import {
  board,
  type ChangedDoc,
  type Doc,
  defineFunction,
  type Effect,
  type FunctionContext,
  figures,
  put,
  putOrRemove,
  roster,
} from './define.ts'
import { shownNotice } from './rules/notices.ts'
import { rankingsOf } from './rules/publication.ts'
import { unpackRanking } from './rules/snapshot.ts'

/**
 * Copies what is due to everyone and to staff: the plan and published rankings, cards, and who came; `hand-out` does the same for
 * single teams. The unit of work is a document of `desk`; what is no longer there, or not yet to be seen, is taken away.
 */
export const share = defineFunction({
  name: 'share',
  on: {
    desk: [
      'event',
      'checkpoint',
      'setting',
      'menus',
      'person',
      'card',
      'publication',
      'snapshot',
      'notice',
      'page',
      'survey',
      'attendance',
      'palette',
    ],
  },
  key: keysOf,
  owns: (place, id) =>
    place === 'board' || place === 'roster' || place === 'figures' ? id.replace(/^ranking:/, 'publish:') : null,
  async handle(keys, ctx) {
    const docs = await ctx.deskDocs(keys.filter((key) => key !== 'keys' && !key.startsWith('publish:')))
    const published = keys.filter((key) => key.startsWith('publish:')).map((key) => key.slice('publish:'.length))
    const effects = keys.map((key) => {
      if (key === 'keys') return shareKeys(ctx)
      if (key.startsWith('publish:')) return []
      if (key.startsWith('palette:')) return sharePalette(key, docs.get(key) as PaletteDoc | undefined, ctx)
      if (key.startsWith('page:')) return sharePage(key, docs.get(key) as PageDoc | undefined, ctx)
      if (key.startsWith(checkpointId(''))) return shareCheckpoint(key, docs.get(key) as CheckpointDoc | undefined, ctx)
      return shareDoc(key, docs.get(key), ctx.now())
    })
    return [...(await Promise.all(effects)), await publish(published, keys.includes('event'), ctx)].flat()
  },
})

function keysOf(doc: ChangedDoc): string[] {
  if (doc.type === 'card') return [doc._id, 'keys']
  if (doc.type === 'event' && !doc._deleted) return ['event', 'keys']
  // A snapshot changes when a team in it is forgotten.
  if (doc.type === 'snapshot') {
    const rankings = (doc as Partial<SnapshotDoc>).rankings ?? []
    return [...rankings.map(({ classId }) => classId), overallId].map((id) => `publish:${id}`)
  }
  if (doc._id === publicationId) {
    return Object.keys((doc as Partial<PublicationDoc>).classes ?? {}).map((id) => `publish:${id}`)
  }
  return [doc._id]
}

function shareDoc(id: string, doc: Doc | undefined, nowMs: number): Effect[] {
  switch (id.split(':')[0]) {
    case 'event':
      return doc ? [put(board, publicEvent(doc as EventDoc))] : []
    case 'setting':
      return [putOrRemove(board, id, (doc as SettingDoc | undefined)?.onDevice ? doc : undefined)]
    // Phones follow at once, without asking.
    case 'menus':
      return [putOrRemove(board, id, doc)]
    case 'survey':
      return [putOrRemove(board, id, (doc as SurveyDoc | undefined)?.state === 'shown' ? doc : undefined)]
    case 'attendance':
      // Older versions laid them on the roster, which other menus open.
      return [putOrRemove(figures, id, doc), { do: 'remove', at: roster, id }]
    case 'person':
    case 'card':
      return [putOrRemove(roster, id, doc)]
    case 'notice':
      return shareNotice(id, doc as NoticeDoc | undefined, nowMs)
    default:
      return []
  }
}

/** By name, so that a field that comes later is not shown to everyone by accident. */
function publicEvent({
  _id,
  type,
  event,
  code,
  name,
  timeZone,
  phase,
  startsAt,
  endsAt,
  classes,
  rules,
  rankingFrozenAt,
  protestUntil,
}: EventDoc): EventDoc {
  const frozen = rankingFrozenAt === undefined ? {} : { rankingFrozenAt }
  const protest = protestUntil === undefined ? {} : { protestUntil }
  return { _id, type, event, code, name, timeZone, phase, startsAt, endsAt, classes, rules, ...frozen, ...protest }
}

async function shareCheckpoint(id: string, doc: CheckpointDoc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  if (!doc) return [{ do: 'remove', at: board, id }]
  const { releasedAt } = doc
  if (releasedAt !== undefined && releasedAt > ctx.now()) {
    return [
      { do: 'remove', at: board, id },
      { do: 'wake', key: id, at: releasedAt },
    ]
  }
  const { _attachments, hasReference, showReference, ...shown } = doc
  if (!hasReference || !showReference) return [put(board, shown)]
  const bytes = await ctx.deskAttachment(id, 'reference')
  if (!bytes) throw new Error(`the reference photo of ${id} is not there`)
  const reference = { contentType: 'image/jpeg', bytes }
  const withPhoto: CheckpointDoc = { ...shown, hasReference }
  return [{ do: 'put', at: board, doc: withPhoto, attachments: { reference } }]
}

/** To everyone, or to staff alone; what single teams are told is handed out to them. */
function shareNotice(id: string, notice: NoticeDoc | undefined, nowMs: number): Effect[] {
  const { shown, places, nextAt } = shownNotice(notice, nowMs)
  return [
    putOrRemove(board, id, places.board ? shown : null),
    putOrRemove(roster, id, places.roster ? shown : null),
    ...(nextAt === null ? [] : [{ do: 'wake', key: id, at: nextAt } as const]),
  ]
}

/** A page with the picture it shows; one that is hidden or removed is on no phone. */
async function sharePage(id: string, page: PageDoc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  if (page?.state !== 'shown') return [{ do: 'remove', at: board, id }]
  const { _attachments, ...shown } = page
  if (page.kind !== 'map' || !page.picture) return [put(board, shown)]
  const { name } = page.picture
  const bytes = await ctx.deskAttachment(id, name)
  if (!bytes) throw new Error(`the picture ${name} of ${id} is not there`)
  return [{ do: 'put', at: board, doc: shown, attachments: { [name]: { contentType: 'image/webp', bytes } } }]
}

/** Its colours and what its picture is like, once organizers show it; how they were found stays at the desk. */
async function sharePalette(id: string, palette: PaletteDoc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  if (palette?.state !== 'shown' || palette.colours.length === 0) return [{ do: 'remove', at: board, id }]
  const { _id, type, event, photo, name, state, order, colours } = palette
  const doc: PaletteDoc = { _id, type, event, photo, name, state, order, colours }
  const bytes = await ctx.deskAttachment(id, 'original')
  if (!bytes) throw new Error(`the picture of ${id} is not there`)
  return [{ do: 'put', at: board, doc, attachments: { original: { contentType: 'image/jpeg', bytes } } }]
}

async function shareKeys(ctx: FunctionContext): Promise<Effect[]> {
  const cards = [...(await ctx.allCards()).values()].filter(({ revokedBibs }) => revokedBibs.length > 0)
  cards.sort((one, other) => (one.team < other.team ? -1 : 1))
  const revoked = cards.flatMap((card: Card) => card.revokedBibs.map((issue) => ({ number: card.team, issue })))
  const keys: KeysDoc = { _id: 'keys', type: 'keys', event: ctx.event, ed25519: await ctx.bibKeys(), revoked }
  return [put(board, keys)]
}

/** Everyone sees of each ranking what its published snapshot says, and of one that is not published nothing. */
async function publish(named: readonly string[], all: boolean, ctx: FunctionContext): Promise<Effect[]> {
  if (named.length === 0 && !all) return []
  const { event } = await ctx.plan()
  const [publication] = (await ctx.deskDocs([publicationId])).values()
  const standing = (publication as PublicationDoc | undefined)?.classes ?? {}
  const classIds = [...new Set([...named, ...(all ? [...rankingsOf(event), ...Object.keys(standing)] : [])])]
  const shown = new Map(
    rankingsOf(event).flatMap((id) => {
      const own = standing[id]
      return own?.state === 'published' || own?.state === 'reopened' ? [[id, own] as const] : []
    }),
  )
  const wanted = new Set(classIds.flatMap((id) => shown.get(id)?.snapshot ?? []))
  const snapshots = await ctx.deskDocs([...wanted])
  return classIds.map((id): Effect => {
    const own = shown.get(id)
    if (!own) return { do: 'remove', at: board, id: rankingId(id) }
    const snapshot = snapshots.get(own.snapshot) as SnapshotDoc | undefined
    if (!snapshot) throw new Error(`${own.snapshot} is published and not there`)
    const ranking = unpackRanking(snapshot, id)
    const said: Ranking | null = ranking && { ...ranking, asOf: snapshot.at, publishedAt: own.publishedAt }
    return putOrRemove(board, rankingId(id), said)
  })
}
