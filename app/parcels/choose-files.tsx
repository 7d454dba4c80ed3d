import { useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'

type Props = { label: string; onFiles: (files: readonly File[]) => void }

/** A button that lets files of records be chosen; the same ones may be chosen again. */
export function ChooseFiles({ label, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button wide onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        // iOS greys out a file by an ending that it does not know: everything may be chosen, and is looked at.
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
