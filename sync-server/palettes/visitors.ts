import { databaseName } from '../../design-docs/databases.ts'
import type { Card } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { imageId, paletteId, palettePlanId, portraitId, recolouredId } from '../../design-docs/ids.ts'
import type {
  PaletteDoc,
  PalettePlan,
  PaletteRow,
  PortraitDoc,
  RepaintDoc,
  VisitorRow,
} from '../../design-docs/palettes.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import type { Installation } from '../login/installation.ts'
import type { DeskView } from '../results/desk-view.ts'

type Asked = { it: Installation; event: string; view: DeskView }

const deskOf = (it: Installation, event: string) => it.couch.database(databaseName(event, 'desk'))

/** Palettes with what came of their pictures, in their order. */
export async function paletteRows({ it, event, view }: Asked, plans: readonly PalettePlan[]): Promise<PaletteRow[]> {
  const rows = await deskOf(it, event).all({ keys: plans.map(({ photo }) => paletteId(photo)), includeDocs: true })
  const made = new Map(
    rows.flatMap(({ doc }) => (doc ? [[(doc as unknown as PaletteDoc).photo, doc as unknown as PaletteDoc]] : [])),
  )
  return plans.map((plan) => {
    const palette = made.get(plan.photo)
    return {
      plan,
      colours: palette?.colours ?? [],
      mark: palette?.mark ?? null,
      explained: palette?.explained ?? null,
      problem: palette?.problem ?? null,
      teams: [...view.cards.values()].filter(({ palettes }) => palettes?.includes(plan.photo)).length,
    }
  })
}

/** Teams that have a portrait or a palette, by number, and how many portraits are on their way or not painted yet. */
export async function visitorRows({ it, event, view }: Asked): Promise<{ visitors: VisitorRow[]; waiting: number }> {
  const prefix = portraitId('')
  const rows = await deskOf(it, event).all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  const portraits = new Map(rows.flatMap(({ doc }) => (doc ? [[String(doc.team), doc as unknown as PortraitDoc]] : [])))
  const visitors = [...view.cards.values()]
    .filter(({ portrait, palettes }) => portrait !== null || palettes !== undefined)
    .sort((one, other) => compareNumbers(one.team, other.team))
    .map((card) => visitorOf(card, portraits.get(card.team), view))
  const waiting = visitors.filter(({ photo, mark, cannot }) => photo !== null && mark === null && !cannot).length
  return { visitors, waiting }
}

/** One team as it stands among the visitors. ZK-PLAN-004 for a team that there is not. */
export async function visitorRow({ it, event, view }: Asked, team: string): Promise<VisitorRow> {
  const card = view.cards.get(team)
  if (!card) throw new AppError('ZK-PLAN-004', { figures: { team } })
  return visitorOf(card, (await deskOf(it, event).get(portraitId(team))) as unknown as PortraitDoc | null, view)
}

function visitorOf(card: Card, painted: PortraitDoc | null | undefined, view: DeskView): VisitorRow {
  return {
    team: card.team,
    name: card.name,
    photo: card.portrait,
    takenAt: (card.portrait && view.images.get(card.portrait)?.takenAt) || null,
    palettes: card.palettes ?? [],
    mark: painted && painted.photo === card.portrait ? painted.mark : null,
    cannot: card.portrait !== null && view.images.get(card.portrait)?.problem !== undefined,
  }
}

/** Has a portrait painted anew, though nothing has changed that it is made of. */
export async function repaint(
  it: Installation,
  { event, team }: { event: string; team: string },
  by: string,
): Promise<void> {
  const desk = deskOf(it, event)
  if (!(await desk.get(`card:${team}`))) throw new AppError('ZK-PLAN-004', { figures: { team } })
  for (let round = 0; round < 5; round++) {
    const standing = await desk.get(`repaint:${team}`)
    const doc: RepaintDoc = { _id: `repaint:${team}`, type: 'repaint', event, team, by, at: it.now() }
    if (await desk.put({ ...doc, ...(standing && { _rev: standing._rev }) })) return
  }
  throw new AppError('ZK-PLAN-001')
}

/** What tells a team's portrait, as it is painted now, from an older painting of this photo; null for other photos. */
export async function paintingOf(
  it: Installation,
  event: string,
  { _id: photo, team }: { _id: string; team?: string | undefined },
): Promise<Pick<PortraitDoc, 'mark' | 'changedAt'> | null> {
  if (team === undefined) return null
  const portrait = (await deskOf(it, event).get(portraitId(team))) as unknown as PortraitDoc | null
  return portrait?.photo === photo ? portrait : null
}

/** What tells a palette's picture in its own colours from an older one; null for photos that are none. */
export async function clusteringOf(
  it: Installation,
  event: string,
  { _id: photo, purpose }: { _id: string; purpose: string },
): Promise<{ mark: string; changedAt: number } | null> {
  if (purpose !== 'palette') return null
  const desk = deskOf(it, event)
  const [plan, palette] = await Promise.all([desk.get(palettePlanId(photo)), desk.get(paletteId(photo))])
  const { state, changedAt: at = 0 } = (plan ?? {}) as Partial<PalettePlan>
  const { mark = '', changedAt = 0 } = (palette ?? {}) as Partial<PaletteDoc>
  return state === 'removed' ? { mark: `removed ${at}`, changedAt: at } : { mark, changedAt }
}

/** A picture that was made of a photo by a palette, with what tells it from an older one. */
export async function madePicture(
  it: Installation,
  event: string,
  { photo, size }: { photo: string; size: string },
): Promise<{ storageKey: string; mark: string } | null> {
  const desk = deskOf(it, event)
  if (size === 'clustered') return made(await desk.get(paletteId(photo)), size)
  if (size === 'recoloured') return made(await desk.get(recolouredId(photo)), size)
  if (size !== 'painted') return null
  const image = await desk.get(imageId(photo))
  const portrait = image && (await desk.get(portraitId(String(image.team))))
  return portrait?.photo === photo ? made(portrait, size) : null
}

function made(doc: unknown, size: string): { storageKey: string; mark: string } | null {
  const { sizes, mark } = (doc ?? {}) as Partial<PaletteDoc>
  const storageKey = sizes?.[size]?.storageKey
  return storageKey !== undefined && mark !== undefined ? { storageKey, mark } : null
}
