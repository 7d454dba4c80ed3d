import { useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import type { Answer } from '../../store/http.ts'
import { type BadFields, badFieldsOf } from '../bad-fields.ts'

/** Sends a form once at a time, and keeps what the server found wrong with it. */
export function useSending() {
  const [busy, setBusy] = useState(false)
  const [bad, setBad] = useState<BadFields>([])
  const [failed, setFailed] = useState<string | null>(null)
  async function send(ask: () => Promise<Answer>): Promise<Answer | null> {
    if (busy) return null
    setBusy(true)
    setBad([])
    setFailed(null)
    const answer = await ask()
    setBusy(false)
    if (answer.kind === 'ok') return answer
    const t = words.value.failed
    const fields = answer.kind === 'refused' ? badFieldsOf(answer.figures) : []
    setBad(fields)
    if (fields.length === 0) setFailed(answer.kind === 'refused' ? t.otherText(answer.code) : t.offline)
    return null
  }
  return { busy, bad, failed, send }
}
