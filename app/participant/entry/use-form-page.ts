import { useEffect, useState } from 'preact/hooks'
import { askAgain } from './ask-again.ts'
import type { FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'

export type FormState =
  | { step: 'loading' | 'offline' }
  | { step: 'missing'; code: string }
  /** `stale`: what this phone kept, until the server answers. */
  | { step: 'ready'; page: FormPage; stale: boolean }

const keptUnder = (event: string) => `zekken.entry-form.${event}`
/** Timers take no more than 31 bits. */
const longestMs = 3_600_000

/** The form of an event: what was kept at once, then what the server says; asked again until it does, and when it opens. */
export function useFormPage(event: string): { state: FormState; reload(): void } {
  const { api, ports, shelf, now } = useEntryTools()
  const [tries, setTries] = useState(0)
  const [state, setState] = useState<FormState>(() => {
    const kept = read(shelf.getItem(keptUnder(event)))
    return kept ? { step: 'ready', page: kept, stale: false } : { step: 'loading' }
  })
  useEffect(() => {
    let current = true
    let cancel = () => {}
    const again = () => setTries((before) => before + 1)
    void api.form(event).then((got) => {
      if (!current) return
      if (got.result === 'done') {
        keep(got.value)
        setState({ step: 'ready', page: got.value, stale: false })
        if (got.value.state === 'not-yet') cancel = ports.after(untilOpen(got.value), again)
      } else if (got.result === 'refused') {
        shelf.removeItem(keptUnder(event))
        setState({ step: 'missing', code: got.refusal.code })
      } else {
        setState((before) => (before.step === 'ready' ? { ...before, stale: true } : { step: 'offline' }))
        cancel = askAgain(ports, tries, again)
      }
    })
    return () => {
      current = false
      cancel()
    }
  }, [event, tries])

  /** Phones that wait for the same minute do not all come in the same second. */
  const untilOpen = ({ form }: FormPage) =>
    Math.min(longestMs, Math.max(0, (form.opensAt ?? 0) - now()) + 500 + ports.random.fraction() * 3_000)

  /** Only an open form is of use without the server. */
  const keep = (page: FormPage) => {
    try {
      if (page.state === 'open') shelf.setItem(keptUnder(event), JSON.stringify(page))
      else shelf.removeItem(keptUnder(event))
    } catch {
      // No room, or a private window: then the form needs the server.
    }
  }
  return { state, reload: () => setTries((before) => before + 1) }
}

function read(text: string | null): FormPage | null {
  try {
    return text === null ? null : (JSON.parse(text) as FormPage)
  } catch {
    // Half written: the server has it.
    return null
  }
}
