import { useEffect, useState } from 'preact/hooks'
import { askAgain } from './ask-again.ts'
import type { Attempt } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'

export type PageState<Page> =
  | { step: 'loading' | 'offline' }
  | { step: 'missing'; code: string }
  /** `stale`: what this phone kept, until the server answers. */
  | { step: 'ready'; page: Page; stale: boolean }

type Parts<Page> = {
  /** The place on this phone, which is the page's own. */
  name: string
  ask(): Promise<Attempt<Page>>
  /** When it changes by itself, if it does. */
  againMs?(page: Page): number | null
}

/** A page that is filled in: what was kept at once, then what the server says; asked again until it does. */
export function useKeptPage<Page extends { state: string }>({ name, ask, againMs }: Parts<Page>) {
  const { ports, shelf } = useEntryTools()
  const [tries, setTries] = useState(0)
  const [state, setState] = useState<PageState<Page>>(() => {
    const kept = read<Page>(shelf.getItem(name))
    return kept ? { step: 'ready', page: kept, stale: false } : { step: 'loading' }
  })
  useEffect(() => {
    let current = true
    let cancel = () => {}
    const again = () => setTries((before) => before + 1)
    void ask().then((got) => {
      if (!current) return
      if (got.result === 'done') {
        keep(got.value)
        setState({ step: 'ready', page: got.value, stale: false })
        const ms = againMs?.(got.value) ?? null
        if (ms !== null) cancel = ports.after(ms, again)
      } else if (got.result === 'refused') {
        shelf.removeItem(name)
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
  }, [name, tries])

  /** Only an open form is of use without the server. */
  const keep = (page: Page) => {
    try {
      if (page.state === 'open') shelf.setItem(name, JSON.stringify(page))
      else shelf.removeItem(name)
    } catch {
      // No room, or a private window: then the form needs the server.
    }
  }
  return { state, reload: () => setTries((before) => before + 1) }
}

function read<Page>(text: string | null): Page | null {
  try {
    return text === null ? null : (JSON.parse(text) as Page)
  } catch {
    // Half written: the server has it.
    return null
  }
}
