import { useEffect, useLayoutEffect, useState } from 'preact/hooks'

/** A copy of a document to be edited. While nothing is changed it follows what is saved; then it stays as edited. */
export function useDraft<T>(saved: T) {
  const [base, setBase] = useState(saved)
  const [draft, setDraft] = useState(saved)
  const dirty = JSON.stringify(draft) !== JSON.stringify(base)
  // Before anybody can type: what is typed between a drawing and a later effect would be taken back by it.
  useLayoutEffect(() => {
    if (dirty) return
    setBase(saved)
    setDraft(saved)
  }, [saved])
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])
  const reset = (value: T) => {
    setBase(value)
    setDraft(value)
  }
  const set = (change: Partial<T>) => setDraft((before) => ({ ...before, ...change }))
  return { draft, dirty, set, replace: setDraft as (value: T) => void, reset }
}
