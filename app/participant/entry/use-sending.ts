import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Attempt, Refusal } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { createSending } from './sending.ts'

type Parts<T> = { attempt(): Promise<Attempt<T>>; onDone(value: T): void; onRefused?(refusal: Refusal): void }

/** A sending of this screen: it asks with what the screen holds at that moment, and ends with it. */
export function useSending<T>(parts: Parts<T>) {
  const { ports } = useEntryTools()
  const latest = useRef(parts)
  latest.current = parts
  const sending = useMemo(
    () =>
      createSending<T>({
        ports,
        attempt: () => latest.current.attempt(),
        onDone: (value) => latest.current.onDone(value),
        onRefused: (refusal) => latest.current.onRefused?.(refusal),
      }),
    [],
  )
  useEffect(() => sending.stop, [])
  return { ...sending, state: sending.state.value }
}
