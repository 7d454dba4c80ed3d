import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { PagePicture, pictureStored } from '../../design-docs/pages.ts'
import { openPicture } from '../../functions/open-picture.ts'
import type { Couch } from '../couch/client.ts'
import type { Scanning } from '../images/admit-picture.ts'
import { demandPicture } from '../images/demand-picture.ts'
import { deskOf, type OfPage, readPage } from './read-pages.ts'

export const maxPictureBytes = 15 * 1024 * 1024
/** As much as a phone draws well; more is of no use on its screen and slow on its network. */
const longestSidePixels = 2400
const shortestSidePixels = 64

/**
 * Gives a map its picture. What the bytes say they are decides, not what they are called: PNG, JPEG or HEIC, drawn anew as
 * WebP without anything that came along in the file. The picture before stays, so that the change can be undone.
 */
export async function savePicture(
  { couch, scanning }: { couch: Couch; scanning: Scanning },
  of: OfPage,
  bytes: Uint8Array,
): Promise<z.infer<typeof pictureStored>> {
  const { data, picture } = await drawnAnew(scanning, bytes)
  for (let round = 0; round < 5; round++) {
    const current = await readPage(couch, of)
    if (current?.kind !== 'map') throw new AppError('ZK-PLAN-004', { figures: { page: of.page } })
    const before = current.picture?.name
    const kept = Object.entries(current._attachments ?? {}).filter(([name]) => name === before)
    const _attachments = {
      ...Object.fromEntries(kept),
      [picture.name]: { content_type: 'image/webp', data: data.toString('base64') },
    }
    const rev = await deskOf(couch, of.event).put({ ...current, picture, _attachments })
    if (rev !== null) return { picture, _rev: rev }
  }
  throw new AppError('ZK-PLAN-001')
}

async function drawnAnew(scanning: Scanning, bytes: Uint8Array): Promise<{ data: Buffer; picture: PagePicture }> {
  await demandPicture(scanning, bytes, { field: 'picture', limitBytes: maxPictureBytes })
  const { data, info } = await (await openPicture(bytes))
    .resize(longestSidePixels, longestSidePixels, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw unreadable(cause)
    })
  const { width, height } = info
  if (Math.min(width, height) < shortestSidePixels) throw unreadable(undefined)
  const name = `picture-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`
  return { data, picture: { name, width, height, bytes: data.length } }
}

const unreadable = (cause: unknown) =>
  new AppError('ZK-PLAN-002', { cause, figures: { fields: [{ field: 'picture', problem: 'unreadable' }] } })
