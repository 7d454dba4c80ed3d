import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { palettePlanId, recolouredId, recolourId } from '../../design-docs/ids.ts'
import type { PalettePlan, RecolourDoc, RecolouredDoc, TeamPicture } from '../../design-docs/palettes.ts'
import type { Database } from '../couch/client.ts'
import { readPhoto } from '../images/film.ts'
import type { Installation } from '../login/installation.ts'
import type { DeskView } from '../results/desk-view.ts'

type Wanted = { event: string; photo: string; palette: string | null }

const deskOf = (it: Installation, event: string) => it.couch.database(databaseName(event, 'desk'))

/**
 * Has a picture painted in the colours of one palette, or shown as it was taken again; of two who choose at once the
 * later one is followed. ZK-FILM-003 without such a photo, ZK-PLAN-004 without such a palette.
 */
export async function recolour(it: Installation, { event, photo, palette }: Wanted, by: string): Promise<RecolourDoc> {
  const { _id } = await readPhoto(it, event, photo)
  const desk = deskOf(it, event)
  if (palette !== null) {
    const plan = (await desk.get(palettePlanId(palette))) as unknown as PalettePlan | null
    if (!plan || plan.state === 'removed') throw new AppError('ZK-PLAN-004', { figures: { palette } })
  }
  const id = recolourId(_id)
  for (let round = 0; round < 5; round++) {
    const standing = (await desk.get(id)) as unknown as RecolourDoc | null
    if (standing?.palette === palette) return standing
    const doc: RecolourDoc = { _id: id, type: 'recolour', event, photo: _id, palette, by, at: it.now() }
    const rev = await desk.put({ ...doc, ...(standing && { _rev: standing._rev }) })
    if (rev !== null) return { ...doc, _rev: rev }
  }
  throw new AppError('ZK-PLAN-001')
}

/** Every picture of a team, those that were taken back included, oldest first. ZK-PLAN-004 for a team that there is not. */
export async function picturesOfTeam(
  { it, event, view }: { it: Installation; event: string; view: DeskView },
  team: string,
): Promise<TeamPicture[]> {
  if (!view.cards.has(team)) throw new AppError('ZK-PLAN-004', { figures: { team } })
  const desk = deskOf(it, event)
  const [wanted, made] = await Promise.all([
    byPhoto<RecolourDoc>(desk, recolourId(`${team}:`)),
    byPhoto<RecolouredDoc>(desk, recolouredId(`${team}:`)),
  ])
  const images = [...view.images.values()].filter((image) => image.team === team)
  return images
    .sort((one, other) => one.takenAt - other.takenAt || (one.photo < other.photo ? -1 : 1))
    .map(({ photo, purpose, takenAt, sizes }) => ({
      photo,
      purpose,
      takenAt,
      ready: sizes['1600'] !== undefined && sizes['480'] !== undefined,
      palette: wanted.get(photo)?.palette ?? null,
      mark: made.get(photo)?.mark ?? null,
    }))
}

async function byPhoto<T extends { photo: string }>(desk: Database, prefix: string): Promise<Map<string, T>> {
  const rows = await desk.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  return new Map(rows.flatMap(({ doc }) => (doc ? [[String(doc.photo), doc as unknown as T]] : [])))
}

/** When a picture last became another by a palette of its own, going back to what was taken included, also since the palette was removed. */
export async function recolouringOf(
  it: Installation,
  event: string,
  photo: string,
): Promise<{ mark: string; changedAt: number } | null> {
  const desk = deskOf(it, event)
  const [wanted, made] = await Promise.all([desk.get(recolourId(photo)), desk.get(recolouredId(photo))])
  if (!wanted) return null
  const { palette, at } = wanted as unknown as RecolourDoc
  const plan = palette === null ? null : ((await desk.get(palettePlanId(palette))) as unknown as PalettePlan | null)
  const removedAt = plan?.state === 'removed' ? Math.max(at, plan.changedAt ?? 0) : null
  if (palette === null || removedAt !== null) return { mark: `as taken ${removedAt ?? at}`, changedAt: removedAt ?? at }
  const { mark, changedAt } = (made ?? { mark: '', changedAt: 0 }) as Pick<RecolouredDoc, 'mark' | 'changedAt'>
  return { mark, changedAt }
}
