import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { type MadeKind, words } from './palette-words.ts'

/** To be shared where the phone can, and saved anyhow, both without a network. */
export function Keep({ kind, bytes, team }: { kind: MadeKind; bytes: Blob; team: string }) {
  const t = words.value
  const { file, title } = t.kinds[kind]
  const name = `${file}-${team}.${bytes.type === 'image/webp' ? 'webp' : 'jpg'}`
  const files = [new File([bytes], name, { type: bytes.type })]
  const mayShare = typeof navigator.canShare === 'function' && navigator.canShare({ files })
  return (
    <div class="pair">
      {mayShare ? (
        // Whoever closes the sheet of the phone has not met an error.
        <Button onClick={() => void navigator.share({ files, title }).catch(() => undefined)}>{t.share}</Button>
      ) : null}
      <Button onClick={() => saveFile(bytes, { name, type: bytes.type })}>{t.save}</Button>
    </div>
  )
}
