import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Compare, Plain } from './compare.tsx'
import { words } from './palette-words.ts'

export type FullPictures = { before: Blob; after: Blob | null }

/** Before and after as large as they are, to be saved. */
export function FullView({
  pictures: { before, after },
  team,
  onClose,
}: {
  pictures: FullPictures
  team: string
  onClose: () => void
}) {
  const t = words.value
  const best = after ?? before
  const save = () =>
    saveFile(best, { name: `${t.file}-${team}.${best.type === 'image/webp' ? 'webp' : 'jpg'}`, type: best.type })
  return (
    <Dialog title={t.portrait} onClose={onClose}>
      <div class="full-portrait stack">
        {after ? <Compare before={before} after={after} /> : <Plain bytes={before} />}
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
