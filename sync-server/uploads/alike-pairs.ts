import type { ImageDoc } from '../../design-docs/derived.ts'
import type { AlikePair } from '../../design-docs/uploads.ts'
import { alikePairsOf } from '../../functions/rules/alike.ts'
import type { DeskView } from '../results/desk-view.ts'

const most = 200

/** Photos of different teams that look alike, whoever brought them; the most alike first. */
export function alikePairs(view: DeskView): { pairs: AlikePair[]; looked: number; more: number } {
  const pictures = [...view.images.values()].flatMap((image) =>
    image.likeness && image.team && image.purpose === 'checkin'
      ? [{ id: image.photo, team: image.team, likeness: image.likeness, image: { ...image, team: image.team } }]
      : [],
  )
  const found = alikePairsOf(pictures)
  const pairs = found.slice(0, most).map(({ a, b, bits }): AlikePair => {
    const same = a.image.sha256 !== undefined && a.image.sha256 === b.image.sha256
    return { bits, same, photos: [a, b].map(({ image }) => shown(view, image)) }
  })
  return { pairs, looked: pictures.length, more: found.length - pairs.length }
}

function shown(view: DeskView, image: ImageDoc & { team: string }): AlikePair['photos'][number] {
  const verdict = image.checkin ? view.verdicts.get(image.checkin) : undefined
  return {
    photo: image.photo,
    team: image.team,
    checkin: image.checkin ?? null,
    checkpoint: verdict?.checkpoint ?? null,
    at: verdict?.at ?? image.takenAt,
    status: verdict?.status ?? null,
    version: image.version,
    sizes: Object.keys(image.sizes),
  }
}
