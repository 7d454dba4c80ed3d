import { effect } from '@preact/signals'
import { portraitId } from '../../../design-docs/ids.ts'
import type { PortraitDoc } from '../../../design-docs/palettes.ts'
import { palettesOf } from '../../palettes/palettes-of.ts'
import type { OwnTeam } from '../own-team.ts'
import { recolouredOf } from './recoloured-of.ts'

/** Fetches the portrait, what else was painted, and the pictures of palettes ahead, while there is a network, so that they are there when there is none. */
export function keepPortrait({ store, number }: Pick<OwnTeam, 'store' | 'number'>): () => void {
  let isFetching = false
  return effect(() => {
    // What was asked for without a signal is fetched as soon as it is offered, whichever screen is shown.
    const hasAsked = [...store.outbox.facts.value.values()].some(({ type }) => type === 'ask')
    if (hasAsked && !isFetching) {
      isFetching = true
      import('../../store/asked-pictures.ts')
        .then(({ askedPictures }) => askedPictures(store))
        .catch(() => {
          isFetching = false
        })
    }
    if (store.status.link.value !== 'online' || number.value === null) return
    const mirror = store.mirrors.team(number.value)
    const doc = mirror.docs.value.get(portraitId(number.value)) as unknown as PortraitDoc | undefined
    for (const name of Object.keys(doc?._attachments ?? {}))
      void mirror.attachment(doc?._id ?? '', name).catch(() => null)
    for (const { _id } of recolouredOf({ store, number })) void mirror.attachment(_id, 'after').catch(() => null)
    for (const { _id } of palettesOf(store)) void store.mirrors.board.attachment(_id, 'original').catch(() => null)
  })
}
