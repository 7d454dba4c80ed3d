import { effect } from '@preact/signals'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { Store } from '../store/types.ts'

/** Fetches the pictures of maps ahead, while there is a network, so that they are there when there is none. */
export function keepMaps({ mirrors: { board }, status }: Store): () => void {
  return effect(() => {
    if (status.link.value !== 'online') return
    for (const doc of board.docs.value.values()) {
      const page = doc as unknown as PageDoc
      if (page.type === 'page' && page.kind === 'map' && page.picture)
        void board.attachment(page._id, page.picture.name).catch(() => null)
    }
  })
}
