import { useEffect, useState } from 'preact/hooks'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/check-in-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { useBlobUrl } from '../../ui/use-blob-url.ts'
import { useOwnTeam } from '../own-team.ts'

/** What the place looks like, where the organizers show it to teams; kept on the phone, so that it is there without a network. */
export function Reference({ checkpoint }: { checkpoint: CheckpointDoc }) {
  const { board } = useOwnTeam().store.mirrors
  const [bytes, setBytes] = useState<Blob | null>(null)
  const url = useBlobUrl(bytes)
  useEffect(() => {
    let current = true
    if (checkpoint.hasReference) {
      void board.attachment(checkpoint._id, 'reference').then((found) => {
        if (current) setBytes(found)
      })
    }
    return () => {
      current = false
    }
  }, [checkpoint._id, checkpoint._rev, checkpoint.hasReference])
  if (!url) return null
  return <img class="reference-photo" src={url} alt={words.value.reference(said(checkpoint.name))} />
}
