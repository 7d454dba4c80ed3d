import { signal } from '@preact/signals'
import { Button } from './button.tsx'

type Toast = { id: number; text: string; action?: { label: string; run: () => void } }
const shown = signal<readonly Toast[]>([])
let last = 0

/** Says something that needs no answer, for `ms` milliseconds; returns a function that takes it back. */
export function toast(text: string, { action, ms = 6000 }: { action?: Toast['action']; ms?: number } = {}): () => void {
  const id = ++last
  const remove = () => {
    shown.value = shown.value.filter((one) => one.id !== id)
  }
  shown.value = [...shown.value.slice(-2), action ? { id, text, action } : { id, text }]
  setTimeout(remove, ms)
  return remove
}

/** Where toasts appear; one in an app, a live region that waits for the reader to pause. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map(({ id, text, action }) => (
        <div class="toast" key={id}>
          <span class="grow">{text}</span>
          {action ? <Button onClick={action.run}>{action.label}</Button> : null}
        </div>
      ))}
    </div>
  )
}
