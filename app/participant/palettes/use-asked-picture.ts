import { useEffect, useState } from 'preact/hooks'
import type { PortraitDoc, RecolouredDoc } from '../../../design-docs/palettes.ts'
import { type AskedPicture, type AskedPictures, askedKey, askedPictures } from '../../store/asked-pictures.ts'
import { useOwnTeam } from '../own-team.ts'
import type { FullPictures } from './full-view.tsx'

/** What was asked for of a picture without a signal: as photographed and, where there are colours, as painted. */
export function useAskedPicture({ type, team = '', photo, sizes, _attachments }: PortraitDoc | RecolouredDoc) {
  const { store } = useOwnTeam()
  const [book, setBook] = useState<AskedPictures | null>(null)
  useEffect(() => {
    let current = true
    void askedPictures(store).then((found) => current && setBook(found))
    return () => {
      current = false
    }
  }, [store])
  const isPainted = _attachments?.after !== undefined || sizes.painted !== undefined
  const made = type === 'portrait' ? 'painted' : type
  const variants = isPainted ? (['large', made] as const) : (['large'] as const)
  const known = variants.map((variant) => book?.all.value.get(askedKey(photo, variant)))
  const asks = known.filter((one): one is AskedPicture => one !== undefined)
  const every = (state: AskedPicture['state']) => known.every((one) => one?.state === state)
  return {
    variants,
    state:
      // One of the two alone was asked for with another picture of the same photo.
      asks.length < variants.length
        ? ('none' as const)
        : every('here')
          ? ('here' as const)
          : asks.some(({ state }) => state === 'absent')
            ? ('absent' as const)
            : ('asked' as const),
    until: asks.reduce<number | null>(
      (least, { until }) => (until === null ? least : Math.min(least ?? until, until)),
      null,
    ),
    async ask(): Promise<void> {
      for (const [n, variant] of variants.entries()) if (!known[n]) await book?.ask({ team, photo, variant })
    },
    async cancel(): Promise<void> {
      for (const one of asks) await book?.cancel(one)
    },
    async pictures(): Promise<FullPictures | null> {
      const [before = null, after = null] = await Promise.all(asks.map((one) => book?.bytes(one) ?? null))
      return before && { before, after }
    },
  }
}
