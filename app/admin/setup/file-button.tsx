import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'

type Props = { label: string; accept: string; onFile: (file: File) => void }

/** A button that lets a file be chosen; the same file may be chosen again. */
export function FileButton({ label, accept, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </div>
  )
}
