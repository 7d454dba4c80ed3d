import { effect } from '@preact/signals'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { MirrorDoc, Store } from '../store/types.ts'

/** Fetches maps and photos of checkpoints ahead, while there is a network, so that they are there when there is none. */
export function keepPictures({ mirrors: { board }, status }: Store): () => void {
  return effect(() => {
    if (status.link.value !== 'online') return
    for (const doc of board.docs.value.values()) {
      const name = pictureOf(doc)
      if (name) void board.attachment(doc._id, name).catch(() => null)
    }
  })
}

function pictureOf(doc: MirrorDoc): string | null {
  const page = doc as unknown as PageDoc
  if (page.type === 'page') return page.kind === 'map' && page.picture ? page.picture.name : null
  const checkpoint = doc as unknown as CheckpointDoc
  return checkpoint.type === 'checkpoint' && checkpoint.hasReference ? 'reference' : null
}
