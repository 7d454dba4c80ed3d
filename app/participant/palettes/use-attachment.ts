import { useEffect, useState } from 'preact/hooks'
import type { Mirror } from '../../store/types.ts'

/** Bytes beside a mirrored document, anew with each of its revisions; the ones before stay until they are here. */
export function useAttachment(
  mirror: Mirror | null,
  doc: { _id: string; _rev?: string | undefined } | null,
  name: string,
) {
  const [bytes, setBytes] = useState<Blob | null>(null)
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    let current = true
    if (!mirror || !doc) {
      setBytes(null)
      return
    }
    void mirror.attachment(doc._id, name).then((found) => {
      if (!current) return
      setBytes(found)
      setAsked(true)
    })
    return () => {
      current = false
    }
  }, [mirror, doc?._id, doc?._rev, name])
  return { bytes, asked }
}
