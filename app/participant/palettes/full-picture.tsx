import { useEffect, useState } from 'preact/hooks'
import type { PortraitDoc, RecolouredDoc } from '../../../design-docs/palettes.ts'
import { timeOf } from '../../i18n/format.ts'
import { fetchPicture } from '../../pictures/fetch-picture.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useOwnTeam } from '../own-team.ts'
import { type FullPictures, FullView } from './full-view.tsx'
import { words } from './palette-words.ts'
import { useAskedPicture } from './use-asked-picture.ts'

/**
 * A picture as large as the server has it: at once where there is a signal; where there is none it is asked for, comes
 * by itself when the phone is back, and stays for its time.
 */
export function FullPicture({ doc }: { doc: PortraitDoc | RecolouredDoc }) {
  const { store, timeZone } = useOwnTeam()
  const t = words.value
  const asked = useAskedPicture(doc)
  /** `of`: which painting it is. */
  const [shown, setShown] = useState<{ pictures: FullPictures; of: string | undefined } | null>(null)
  const [fetching, setFetching] = useState(false)
  const isOnline = store.status.link.value === 'online'

  const fetchBoth = async (): Promise<FullPictures | null> => {
    const { ask } = store.parts().session
    const [before = null, after = null] = await Promise.all(
      asked.variants.map((variant) => fetchPicture(ask, { photo: doc.photo, variant })),
    )
    return before && (after || asked.variants.length === 1) ? { before, after } : null
  }
  const fetchNow = async () => {
    setFetching(true)
    const pictures = await fetchBoth()
    setFetching(false)
    if (pictures) setShown({ pictures, of: doc.mark })
    else toast(t.notFetched)
  }
  // What is painted anew while it is fetched or looked at takes its place; until it can be had, the one before stays.
  const isOld = shown !== null && shown.of !== doc.mark
  useEffect(() => {
    let current = isOld && isOnline
    if (current)
      void fetchBoth().then((pictures) => current && pictures && setShown((open) => open && { pictures, of: doc.mark }))
    return () => {
      current = false
    }
  }, [isOld, isOnline, doc.mark])
  const look = async () => {
    const pictures = asked.state === 'here' ? await asked.pictures() : null
    if (pictures) return setShown({ pictures, of: doc.mark })
    if (isOnline) return await fetchNow()
    await asked.ask()
  }
  const isAsked = asked.state === 'asked' || asked.state === 'absent'
  return (
    <div class="stack" aria-live="polite">
      {isAsked ? (
        <div class="notice row wrap">
          <span class="grow">
            <b>{t.asked}</b> {asked.state === 'absent' ? t.absent : isOnline ? t.arriving : t.willCome}
          </span>
          <Button onClick={() => void asked.cancel()}>{t.cancelAsk}</Button>
        </div>
      ) : (
        <Button wide disabled={fetching} onClick={() => void look()}>
          {fetching ? t.fetching : t.full}
        </Button>
      )}
      {asked.state === 'here' && asked.until !== null ? (
        <p class="soft">{t.hereUntil(timeOf(asked.until, timeZone.value))}</p>
      ) : null}
      {shown ? (
        <FullView pictures={shown.pictures} kind={doc.type} team={doc.team ?? ''} onClose={() => setShown(null)} />
      ) : null}
    </div>
  )
}
