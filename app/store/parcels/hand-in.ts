import type { ParcelAnswer, ParcelPhoto } from '../../../design-docs/parcel.ts'
import type { Answer, Ask } from '../http.ts'
import type { OpenedParcel } from './open-parcel.ts'

export type HandedIn = { kind: 'ok'; answer: ParcelAnswer } | Exclude<Answer, { kind: 'ok' }>
type Way = {
  event: string
  ask(path: string, ask?: Ask): Promise<Answer>
  /** The generation of another server's data that an admin takes all the same. */
  despite?: string | undefined
  /** Called as originals get there. */
  onProgress?(done: number, all: number): void
}

/** Asks what would become of the records of a file; nothing is written. */
export const lookAt = (parcel: OpenedParcel, way: Way): Promise<HandedIn> => bring(parcel, way, '/look')

/** Brings the records of a file, then the pieces of its originals that are asked for. Broken off, it can be done again. */
export async function handIn(parcel: OpenedParcel, way: Way): Promise<HandedIn> {
  const taken = await bring(parcel, way, '')
  if (taken.kind !== 'ok') return taken
  const photos: ParcelPhoto[] = []
  for (const photo of taken.answer.photos) {
    way.onProgress?.(photos.length, taken.answer.photos.length)
    if (photo.state !== 'missing') photos.push(photo)
    else {
      const brought = await bringOriginal(parcel, way, photo)
      if ('kind' in brought) return brought
      photos.push(brought)
    }
  }
  return { kind: 'ok', answer: { ...taken.answer, photos } }
}

async function bring({ front }: OpenedParcel, { event, ask, despite }: Way, what: '' | '/look'): Promise<HandedIn> {
  const query = despite === undefined ? '' : `?despite=${despite}`
  const bytes = new Uint8Array(await front.arrayBuffer())
  const answer = await ask(`/api/events/${event}/parcels${what}${query}`, { method: 'POST', bytes })
  return answer.kind === 'ok' ? { kind: 'ok', answer: answer.body as ParcelAnswer } : answer
}

async function bringOriginal(
  parcel: OpenedParcel,
  { event, ask }: Way,
  photo: ParcelPhoto,
): Promise<ParcelPhoto | Exclude<Answer, { kind: 'ok' }>> {
  const original = parcel.original(photo.photo)
  if (!original) return photo
  let missing = photo.missing
  for (const n of photo.missing) {
    const piece = original.slice(n * photo.pieceBytes, (n + 1) * photo.pieceBytes)
    const bytes = new Uint8Array(await piece.arrayBuffer())
    const path = `/api/events/${event}/parcels/${parcel.id}/${encodeURIComponent(photo.photo)}/${n}`
    const answer = await ask(path, { method: 'PUT', bytes })
    // A refusal of the caller concerns the whole; one of the photo concerns it alone.
    if (answer.kind === 'refused' && !answer.code.startsWith('ZK-AUTH'))
      return { ...photo, missing, state: 'refused', code: answer.code }
    if (answer.kind !== 'ok') return answer
    const state = answer.body as { stored?: true; missing?: number[] }
    if (state.stored) return { ...photo, missing: [], state: 'stored' }
    missing = state.missing ?? missing
  }
  return { ...photo, missing }
}
