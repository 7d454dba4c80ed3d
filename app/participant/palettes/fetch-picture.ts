import type { ImageVariant } from '../../../design-docs/access.ts'
import type { Store } from '../../store/types.ts'

/**
 * Bytes of a picture, by a link that the server makes for this session and that opens once; null where there is no
 * server, no picture or no right to it.
 */
export async function fetchPicture(
  store: Pick<Store, 'parts'>,
  photo: string,
  variant: ImageVariant,
): Promise<Blob | null> {
  const path = `/api/images/${encodeURIComponent(photo)}/url`
  const made = await store.parts().session.ask(path, { method: 'POST', json: { variant, for: 'download' } })
  if (made.kind !== 'ok') return null
  const { url } = made.body as { url: string }
  const answer = await fetch(url).catch(() => null)
  return answer?.ok ? await answer.blob().catch(() => null) : null
}
