type Made = { mark?: string | undefined; changedAt?: number | undefined }

/**
 * When a picture that was made of others became what it is: the time of the last of what it is made of, and where that
 * says nothing of the change, as with a setting, the time at which it was made. The same picture keeps its time, so that
 * making it again changes nothing. Milliseconds since 1970.
 */
export function pictureChangedAt(
  standing: Made | undefined,
  { mark, changedAt }: { mark: string; changedAt: number },
  now: number,
): number {
  const before = standing?.changedAt
  if (before === undefined) return changedAt
  if (standing?.mark === mark) return Math.max(before, changedAt)
  return changedAt > before ? changedAt : Math.max(before + 1, now)
}
