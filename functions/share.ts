import type { Card, ImageDoc, KeysDoc, Ranking } from '../design-docs/derived.ts'
import { imageId, rankingId, subjectOf } from '../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc, SettingDoc } from '../design-docs/plan.ts'
import {
  board,
  type ChangedDoc,
  type Doc,
  defineFunction,
  type Effect,
  type FunctionContext,
  ofTeam,
  type Place,
  put,
  roster,
} from './define.ts'

/** Rankings reach every phone no more often than this. */
const publishEveryMs = 30_000

/**
 * Copies what is due to those whom it concerns: the plan and published rankings to everyone, cards to staff, and to each
 * team its own. The unit of work is a document of `desk`; what is no longer there, or not yet to be seen, is taken away.
 */
export const share = defineFunction({
  name: 'share',
  on: { desk: ['event', 'checkpoint', 'setting', 'person', 'card', 'verdict', 'image', 'ranking'] },
  key: keysOf,
  owns: (place, id) => (place === 'desk' || place === 'log' ? null : id.replace(/^ranking:/, 'publish:')),
  async handle(keys, ctx) {
    const docs = await ctx.deskDocs(keys.filter((key) => key !== 'keys' && !key.startsWith('publish:')))
    const effects = keys.map((key) => {
      if (key === 'keys') return shareKeys(ctx)
      if (key.startsWith('publish:')) return publish(key.slice('publish:'.length), ctx)
      return shareDoc(key, docs.get(key), ctx)
    })
    return (await Promise.all(effects)).flat()
  },
})

function keysOf(doc: ChangedDoc): string[] {
  if (doc.type === 'card') return [doc._id, 'keys']
  if (doc.type === 'event' && !doc._deleted) {
    return ['event', 'keys', ...(doc as EventDoc).classes.map(({ id }) => `publish:${id}`)]
  }
  return [doc._id]
}

async function shareDoc(id: string, doc: Doc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  switch (id.split(':')[0]) {
    case 'event':
      return doc ? [put(board, publicEvent(doc as EventDoc))] : []
    case 'checkpoint':
      return shareCheckpoint(id, doc as CheckpointDoc | undefined, ctx.now())
    case 'setting':
      return [putOrRemove(board, id, (doc as SettingDoc | undefined)?.onDevice ? doc : undefined)]
    case 'person':
      return [putOrRemove(roster, id, doc)]
    case 'card':
      return [putOrRemove(roster, id, doc), putOrRemove(ofTeam(teamIn(id)), id, doc)]
    case 'verdict':
      return [putOrRemove(ofTeam(teamIn(id)), id, doc)]
    case 'image':
      return shareImage(id, doc as ImageDoc | undefined, ctx)
    case 'ranking':
      return [{ do: 'wake', key: `publish:${id.slice(rankingId('').length)}`, at: nextPublication(ctx.now()) }]
    default:
      return []
  }
}

/** `card:12` and `verdict:12:checkin:…` both name their team. */
const teamIn = (id: string) => subjectOf(`${id.slice(id.indexOf(':') + 1)}:`)

const putOrRemove = (at: Place, id: string, doc: Doc | undefined): Effect =>
  doc ? put(at, doc) : { do: 'remove', at, id }

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
}: EventDoc): EventDoc {
  const frozen = rankingFrozenAt === undefined ? {} : { rankingFrozenAt }
  return { _id, type, event, code, name, timeZone, phase, startsAt, endsAt, classes, rules, ...frozen }
}

function shareCheckpoint(id: string, doc: CheckpointDoc | undefined, nowMs: number): Effect[] {
  if (!doc) return [{ do: 'remove', at: board, id }]
  const { releasedAt } = doc
  if (releasedAt !== undefined && releasedAt > nowMs) {
    return [
      { do: 'remove', at: board, id },
      { do: 'wake', key: id, at: releasedAt },
    ]
  }
  // The reference photo is for judges; on a phone it would give the place away.
  const { _attachments, hasReference, ...shown } = doc
  return [put(board, shown)]
}

async function shareImage(id: string, doc: ImageDoc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  const at = ofTeam(teamIn(id))
  if (!doc) return [{ do: 'remove', at, id }]
  const thumbnail = doc._attachments?.thumbnail ? await ctx.deskAttachment(imageId(doc.photo), 'thumbnail') : null
  const sizes = Object.entries(doc.sizes).map(([name, { width, height, bytes }]) => [name, { width, height, bytes }])
  const { _attachments, ...rest } = doc
  const shown = { ...rest, sizes: Object.fromEntries(sizes) }
  if (!thumbnail) return [put(at, shown)]
  return [{ do: 'put', at, doc: shown, attachments: { thumbnail: { contentType: 'image/jpeg', bytes: thumbnail } } }]
}

async function shareKeys(ctx: FunctionContext): Promise<Effect[]> {
  const cards = [...(await ctx.allCards()).values()].filter(({ revokedBibs }) => revokedBibs.length > 0)
  cards.sort((one, other) => (one.team < other.team ? -1 : 1))
  const revoked = cards.flatMap((card: Card) => card.revokedBibs.map((issue) => ({ number: card.team, issue })))
  const keys: KeysDoc = { _id: 'keys', type: 'keys', event: ctx.event, ed25519: await ctx.bibKeys(), revoked }
  return [put(board, keys)]
}

/** The times at which rankings may go out lie on a grid, so that changes in between gather into one. */
const nextPublication = (nowMs: number) => (Math.floor(nowMs / publishEveryMs) + 1) * publishEveryMs

/** While the ranking is frozen everyone keeps seeing what was published last; once published, the final one. */
async function publish(classId: string, ctx: FunctionContext): Promise<Effect[]> {
  const { event } = await ctx.plan()
  const id = rankingId(classId)
  if (event.phase === 'draft' || event.phase === 'open') return [{ do: 'remove', at: board, id }]
  if (event.rankingFrozenAt !== undefined && event.phase !== 'published') return []
  const ranking = (await ctx.deskDocs([id])).get(id) as Ranking | undefined
  return [putOrRemove(board, id, ranking)]
}
