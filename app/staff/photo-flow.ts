import { signal } from '@preact/signals'
import type { Moment } from '../device/moment.ts'
import type { Picture } from '../device/picture.ts'
import { standingFacts } from './own-facts.ts'
import type { Phone } from './phone.ts'

/** A photo that someone wants to take, and of what. */
export type PhotoWish = {
  team: string
  checkin?: string
  purpose: 'checkin' | 'portrait'
  /** There is one already, so the person is asked first. */
  exists: boolean
}

/** The photo being taken; it covers every other screen. */
export const photoWish = signal<PhotoWish | null>(null)
export const askForPhoto = (wish: PhotoWish): void => {
  photoWish.value = wish
}

/** How many photos of a check-in this phone knows of: its own, and one when the server has one that is not its own. */
export function photosOf(phone: Phone, team: string, checkin: string): number {
  const own = standingFacts(phone.store.outbox.facts.value, team, 'photo').filter((one) => one.checkin === checkin)
  const known = phone.card(team)?.checkpoints.find((row) => row.checkin === checkin)?.photo
  return own.length + (known && !own.some(({ _id }) => _id === known) ? 1 : 0)
}

/** Keeps a photo with the time and place of its shutter. */
export async function savePhoto(phone: Phone, wish: PhotoWish, shot: Moment & { picture: Picture }): Promise<void> {
  const { picture, stamp, position } = shot
  await phone.store.outbox.appendPhoto(
    {
      type: 'photo',
      team: wish.team,
      purpose: wish.purpose,
      takenAt: stamp.at,
      width: picture.width,
      height: picture.height,
      contentType: 'image/jpeg',
      ...(wish.checkin !== undefined && { checkin: wish.checkin }),
      ...(position && { position }),
    },
    { original: picture.original, preview: picture.preview },
    stamp,
  )
}
