import type { BibDoc, Card, ImageDoc, MessageDoc, NoticeDoc } from '../design-docs/derived.ts'
import { bibId, cardId, imageId, offerId, subjectOf } from '../design-docs/ids.ts'
import type { PortraitDoc, RecolouredDoc } from '../design-docs/palettes.ts'
import { type Doc, defineFunction, type Effect, type FunctionContext, ofTeam, put, putOrRemove } from './define.ts'
import { shownNotice } from './rules/notices.ts'

/**
 * Copies to each team what is its own: card with the code of its bib, verdicts, images, what it alone is told, and its
 * thread with headquarters. Apart from `share` because there are as many databases to write as there are teams: staff must
 * not wait for them.
 */
export const handOut = defineFunction({
  name: 'hand-out',
  on: { desk: ['card', 'verdict', 'image', 'notice', 'message', 'portrait', 'recoloured'] },
  key: (doc) => doc._id,
  owns: (place, id) =>
    place !== 'team' || id.startsWith(offerId(''))
      ? null
      : id.startsWith(bibId(''))
        ? cardId(id.slice(bibId('').length))
        : id,
  paceMs: 500,
  databasesAtOnce: 1,
  // The longer a round takes, the more of a team's changes gather into one write of its database.
  restFactor: 2,
  async handle(ids, ctx) {
    const docs = await ctx.deskDocs(ids)
    const effects = ids.map((id) => handOutDoc(id, docs.get(id), ctx))
    return (await Promise.all(effects)).flat()
  },
})

function handOutDoc(id: string, doc: Doc | undefined, ctx: FunctionContext): Effect[] | Promise<Effect[]> {
  if (id.startsWith('notice:')) return handOutNotice(id, doc as NoticeDoc | undefined, ctx.now())
  if (id.startsWith('image:')) return handOutImage(id, doc as ImageDoc | undefined, ctx)
  if (id.startsWith('portrait:') || id.startsWith('recoloured:'))
    return handOutMade(id, doc as PortraitDoc | RecolouredDoc | undefined, ctx)
  if (id.startsWith('card:')) return handOutCard(id, doc as Card | undefined, ctx)
  if (id.startsWith('message:')) return [putOrRemove(ofTeam(teamIn(id)), id, doc && asTold(doc as MessageDoc))]
  return [putOrRemove(ofTeam(teamIn(id)), id, doc)]
}

/** With what its bib says, so that the team can show it on a phone. */
async function handOutCard(id: string, card: Card | undefined, ctx: FunctionContext): Promise<Effect[]> {
  const team = teamIn(id)
  const at = ofTeam(team)
  const [text] = card ? await ctx.bibTexts({ number: team, issue: card.bibIssue }) : []
  const bib: BibDoc | null = text === undefined ? null : { _id: bibId(team), type: 'bib', event: ctx.event, team, text }
  return [putOrRemove(at, id, card), putOrRemove(at, bibId(team), bib)]
}

/** What was taken back is no longer to be read on a phone; headquarters keeps it in the log. */
const asTold = (message: MessageDoc): MessageDoc => (message.takenBack ? { ...message, text: '' } : message)

/** A team that has not entered yet finds it once it has. */
function handOutNotice(id: string, notice: NoticeDoc | undefined, nowMs: number): Effect[] {
  const { shown, places, nextAt } = shownNotice(notice, nowMs)
  return [
    ...places.teams.map((team) => putOrRemove(ofTeam(team), id, shown)),
    ...(nextAt === null || places.teams.length === 0 ? [] : [{ do: 'wake', key: id, at: nextAt } as const]),
  ]
}

/** `card:12` and `verdict:12:checkin:…` both name their team. */
const teamIn = (id: string) => subjectOf(`${id.slice(id.indexOf(':') + 1)}:`)

/** Small enough to be carried by a phone, before and after; the large one is the server's. */
async function handOutMade(
  id: string,
  doc: PortraitDoc | RecolouredDoc | undefined,
  ctx: FunctionContext,
): Promise<Effect[]> {
  const team = teamIn(id)
  if (team === 'staff') return []
  const at = ofTeam(team)
  if (!doc) return [{ do: 'remove', at, id }]
  const { _attachments, ...rest } = doc
  const attachments: Record<string, { contentType: string; bytes: Uint8Array }> = {}
  for (const [name, { content_type }] of Object.entries(_attachments ?? {})) {
    const bytes = await ctx.deskAttachment(id, name)
    if (!bytes) throw new Error(`the picture ${name} of ${id} is not there`)
    attachments[name] = { contentType: content_type, bytes }
  }
  return [{ do: 'put', at, doc: { ...rest, sizes: {} } as PortraitDoc | RecolouredDoc, attachments }]
}

async function handOutImage(id: string, doc: ImageDoc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  const at = ofTeam(teamIn(id))
  // A picture that palettes are made of is no team's.
  if (subjectOf(doc?.photo ?? id.slice('image:'.length)) === 'staff') return []
  if (!doc) return [{ do: 'remove', at, id }]
  const thumbnail = doc._attachments?.thumbnail ? await ctx.deskAttachment(imageId(doc.photo), 'thumbnail') : null
  const sizes = Object.entries(doc.sizes).map(([name, { width, height, bytes }]) => [name, { width, height, bytes }])
  // By what photos are compared is the organizers' business.
  const { _attachments, sha256, likeness, ...rest } = doc
  const shown = { ...rest, sizes: Object.fromEntries(sizes) }
  if (!thumbnail) return [put(at, shown)]
  return [{ do: 'put', at, doc: shown, attachments: { thumbnail: { contentType: 'image/jpeg', bytes: thumbnail } } }]
}
