import { effect, type Signal, signal } from '@preact/signals'

/** A choice of this device that outlives the page. `parse` answers undefined for what it does not know. */
export function keptSignal<T>(key: string, initial: T, parse: (value: unknown) => T | undefined): Signal<T> {
  const chosen = signal(read(key, parse) ?? initial)
  effect(() => localStorage.setItem(key, JSON.stringify(chosen.value)))
  return chosen
}

function read<T>(key: string, parse: (value: unknown) => T | undefined): T | undefined {
  const text = localStorage.getItem(key)
  if (text === null) return undefined
  try {
    return parse(JSON.parse(text))
  } catch {
    // Written by a version that kept it otherwise: the choice is made anew.
    return undefined
  }
}
