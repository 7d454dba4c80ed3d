import { useEffect, useState } from 'preact/hooks'
import { askAgain } from './ask-again.ts'
import type { EntryPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { readEntryKey } from './entry-key.ts'
import { receiptsOf } from './kept-receipts.ts'

export type EntryState =
  | { step: 'loading' | 'offline' }
  /** No code: the link had no key. */
  | { step: 'bad-link'; code: string | null }
  | { step: 'ready'; page: EntryPage }

/** An entry by the key of its link, or by the receipt that this phone keeps; asked for until the server answers. */
export function useEntry(event: string, draft: string) {
  const { api, ports, shelf, fresh } = useEntryTools()
  const [tries, setTries] = useState(0)
  const find = () =>
    readEntryKey(event, draft) ?? receiptsOf(event, shelf).find((one) => one.draft === draft)?.token ?? null
  const [token, setToken] = useState(find)
  const [state, setState] = useState<EntryState>(() => {
    const page = fresh.get(draft)
    return page ? { step: 'ready', page } : { step: 'loading' }
  })
  useEffect(() => {
    const reread = () => setToken(find())
    addEventListener('hashchange', reread)
    return () => removeEventListener('hashchange', reread)
  }, [])
  useEffect(() => {
    if (token === null) return setState({ step: 'bad-link', code: null })
    if (fresh.has(draft)) return
    let current = true
    let cancel = () => {}
    const again = () => setTries((before) => before + 1)
    void api.look({ event, draft, token }).then((got) => {
      if (!current) return
      if (got.result === 'done') return setState({ step: 'ready', page: got.value })
      if (got.result === 'refused') return setState({ step: 'bad-link', code: got.refusal.code })
      setState({ step: 'offline' })
      cancel = askAgain(ports, tries, again)
    })
    return () => {
      current = false
      cancel()
    }
  }, [token, tries])
  const show = (page: EntryPage) => setState({ step: 'ready', page })
  return { state, token, show, retry: () => setTries((before) => before + 1) }
}
