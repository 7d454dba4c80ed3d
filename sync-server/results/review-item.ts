import type { ReviewItem } from '../../design-docs/console.ts'
import type { ImageDoc, Verdict } from '../../design-docs/derived.ts'
import type { DeskView } from './desk-view.ts'

/** A verdict with the names and the picture that belong to it, as the console shows it. */
export function reviewItemOf(view: DeskView, verdict: Verdict): ReviewItem {
  const image = verdict.photo ? view.images.get(verdict.photo) : undefined
  return {
    checkin: verdict.checkin,
    team: verdict.team,
    teamName: view.teams.get(verdict.team)?.name ?? '',
    checkpoint: verdict.checkpoint,
    checkpointName: view.checkpoints.get(verdict.checkpoint)?.name ?? null,
    at: verdict.at,
    firstSeenAt: verdict.firstSeenAt,
    status: verdict.status,
    automatic: verdict.automatic,
    reasons: verdict.reasons,
    figures: verdict.figures,
    points: verdict.points,
    counts: verdict.counts,
    image: pictureOf(image),
    device: verdict.device,
    by: verdict.by,
    as: verdict.as,
    method: verdict.method,
    ...(verdict.distanceMeters !== undefined && { distanceMeters: verdict.distanceMeters }),
    ...(verdict.photo !== undefined && { photo: verdict.photo }),
    ...(verdict.reviewedBy !== undefined && { reviewedBy: verdict.reviewedBy }),
    ...(verdict.reviewedAt !== undefined && { reviewedAt: verdict.reviewedAt }),
    ...(verdict.comment !== undefined && { comment: verdict.comment }),
  }
}

/** What may be told of an image: its storage keys stay on the server. */
export function pictureOf(image: ImageDoc | undefined): ReviewItem['image'] {
  if (!image) return null
  const picture = { version: image.version, sizes: Object.keys(image.sizes) }
  return image.problem === undefined ? picture : { ...picture, problem: image.problem }
}
