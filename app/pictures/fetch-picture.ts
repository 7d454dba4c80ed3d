import type { ImageVariant } from '../../design-docs/access.ts'
import type { Answer, Ask } from '../store/http.ts'

export type WantedPicture = {
  photo: string
  variant: ImageVariant
  /** What was written when it was asked for without a signal. */
  ask?: string
}

/**
 * Bytes of a picture, by a link that the server makes for this session and that opens once; null where there is no
 * server, no picture or no right to it.
 */
export async function fetchPicture(
  ask: (path: string, ask?: Ask) => Promise<Answer>,
  { photo, variant, ask: fact }: WantedPicture,
  open: (url: string) => Promise<Response> = (url) => fetch(url),
): Promise<Blob | null> {
  const path = `/api/images/${encodeURIComponent(photo)}/url`
  const json = { variant, for: 'download', ...(fact !== undefined && { ask: fact }) }
  const made = await ask(path, { method: 'POST', json })
  if (made.kind !== 'ok') return null
  const { url } = made.body as { url: string }
  const answer = await open(url).catch(() => null)
  return answer?.ok ? await answer.blob().catch(() => null) : null
}
