import { useRef, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { chosenFiles, droppedFiles, type PathedFile } from './dropped-files.ts'
import { words } from './upload-words.ts'

/** Where photos and folders are dropped, or chosen by finger and key. */
export function DropZone({ onFiles }: { onFiles: (files: PathedFile[]) => void }) {
  const t = words.value
  const [over, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const give = (found: PathedFile[]) => found.length > 0 && onFiles(found)
  const chosen = (event: { currentTarget: HTMLInputElement }) => {
    give(chosenFiles(event.currentTarget.files))
    event.currentTarget.value = ''
  }
  return (
    <section
      class={`sheet drop-zone${over ? ' over' : ''}`}
      aria-label={t.drop}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(give)
      }}
    >
      <h2>{t.drop}</h2>
      <p class="soft">{t.dropText}</p>
      <div class="row wrap">
        <Button onClick={() => files.current?.click()}>{t.chooseFiles}</Button>
        <Button onClick={() => folder.current?.click()}>{t.chooseFolder}</Button>
      </div>
      <input ref={files} type="file" multiple hidden data-kind="files" onChange={chosen} aria-label={t.chooseFiles} />
      <input
        ref={(input) => {
          folder.current = input
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        multiple
        hidden
        data-kind="folder"
        onChange={chosen}
        aria-label={t.chooseFolder}
      />
    </section>
  )
}
