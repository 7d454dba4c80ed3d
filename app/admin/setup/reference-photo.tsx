import { useEffect, useState } from 'preact/hooks'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { FileButton } from './file-button.tsx'

/** The photo that shows judges and teams what a checkpoint looks like. */
export function ReferencePhoto({ checkpoint, onSaved }: { checkpoint: CheckpointDoc; onSaved: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [url, setUrl] = useState<string | null>(null)
  const [version, setVersion] = useState(0)
  const path = `/api/events/${who.event}/plan/checkpoints/${checkpoint.number}/reference`
  useEffect(() => {
    let made: string | null = null
    if (checkpoint.hasReference || version > 0)
      void desk.ask(path, { binary: true }).then((answer) => {
        if (answer.kind !== 'ok') return
        made = URL.createObjectURL(new Blob([answer.body as ArrayBuffer], { type: 'image/jpeg' }))
        setUrl(made)
      })
    return () => {
      if (made) URL.revokeObjectURL(made)
    }
  }, [path, checkpoint.hasReference, version])
  const upload = async (file: File) => {
    const answer = await desk.ask(path, { method: 'PUT', bytes: new Uint8Array(await file.arrayBuffer()) })
    if (answer.kind !== 'ok') return void toast(answer.kind === 'refused' ? t.review.photoFailed : t.failed.offline)
    toast(setupWords.value.referenceSaved)
    setVersion(version + 1)
    onSaved()
  }
  return (
    <section class="stack reference">
      <h2>{setupWords.value.referencePhoto}</h2>
      {url ? <img src={url} alt={setupWords.value.referencePhoto} /> : null}
      <FileButton label={setupWords.value.chooseReference} accept="image/*" onFile={(file) => void upload(file)} />
    </section>
  )
}
