import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Compare, Plain } from './compare.tsx'
import { type MadeKind, words } from './palette-words.ts'

export type FullPictures = { before: Blob; after: Blob | null }

/** Before and after as large as they are, to be saved. */
export function FullView({
  pictures: { before, after },
  kind,
  team,
  onClose,
}: {
  pictures: FullPictures
  kind: MadeKind
  team: string
  onClose: () => void
}) {
  const t = words.value
  const best = after ?? before
  const save = () =>
    saveFile(best, {
      name: `${t.kinds[kind].file}-${team}.${best.type === 'image/webp' ? 'webp' : 'jpg'}`,
      type: best.type,
    })
  return (
    <Dialog title={t.kinds[kind].title} onClose={onClose}>
      <div class="full-portrait stack">
        {after ? <Compare kind={kind} before={before} after={after} /> : <Plain bytes={before} />}
        <Button kind="main" onClick={save}>
          {t.saveLarge}
        </Button>
        <Button wide onClick={onClose}>
          {t.close}
        </Button>
      </div>
    </Dialog>
  )
}
