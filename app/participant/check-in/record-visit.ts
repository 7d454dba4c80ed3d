import type { CheckinFact } from '../../../design-docs/facts.ts'
import type { Moment } from '../../device/moment.ts'
import type { Picture } from '../../device/picture.ts'
import type { Store } from '../../store/types.ts'

export type Visit = Moment & { team: string; checkpoint: string; picture: Picture | null }

/**
 * Records that the team is here, at the time and place of the shutter. The check-in is written first: a phone that dies
 * before its photo is kept has recorded the visit, and the photo can be added.
 */
export async function recordVisit(
  { outbox }: Pick<Store, 'outbox'>,
  { team, checkpoint, stamp, position, picture }: Visit,
): Promise<CheckinFact> {
  const where = position ? { position } : {}
  const checkin = await outbox.append(
    { type: 'checkin', team, checkpoint, method: picture ? 'photo' : 'gps', verified: false, ...where },
    stamp,
  )
  if (picture) await addPhoto({ outbox }, checkin, { stamp, position, picture })
  return checkin
}

/** A photo for a check-in of this team; the latest counts. */
async function addPhoto(
  { outbox }: Pick<Store, 'outbox'>,
  checkin: Pick<CheckinFact, '_id' | 'team'>,
  { stamp, position, picture }: Moment & { picture: Picture },
): Promise<void> {
  const { original, preview, width, height } = picture
  await outbox.appendPhoto(
    {
      type: 'photo',
      team: checkin.team,
      checkin: checkin._id,
      purpose: 'checkin',
      takenAt: stamp.at,
      width,
      height,
      contentType: 'image/jpeg',
      ...(position && { position }),
    },
    { original, preview },
    stamp,
  )
}
