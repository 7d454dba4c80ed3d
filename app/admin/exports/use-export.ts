import { useRef, useState } from 'preact/hooks'
import type { Unwritable } from '../../../design-docs/exports.ts'
import { saveFile } from '../../ui/save-file.ts'
import { useDesk } from '../desk/context.ts'
import { blobOf } from './blob-of.ts'
import { type ExportChoice, fileOf, pathOf } from './export-choice.ts'
import { exportsWords } from './exports-words.ts'

/** How the file is doing; `lost` names what Shift_JIS does not have. */
export type ExportState =
  | { kind: 'idle' }
  | { kind: 'making'; bytes: number }
  | { kind: 'done'; text: string }
  | { kind: 'failed'; text: string }
  | { kind: 'lost'; lost: Unwritable }

/** Photos of a whole event over a slow link. */
const longestMs = 6 * 3_600_000

/** Makes a file on the server and saves it, telling how much has come; a second call waits for the first to end. */
export function useExport(): {
  state: ExportState
  make(choice: ExportChoice, unwritable?: 'number'): Promise<void>
  cancel(): void
} {
  const { desk, who } = useDesk()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  return {
    state,
    async make(choice, unwritable) {
      if (running.current) return
      const t = exportsWords.value
      const stopping = new AbortController()
      running.current = stopping
      setState({ kind: 'making', bytes: 0 })
      const onBytes = (bytes: number) => setState((now) => (now.kind === 'making' ? { kind: 'making', bytes } : now))
      const path = pathOf(who.event, choice, unwritable)
      const answer = await desk.ask(path, {
        read: (response) => blobOf(response, onBytes),
        waitMs: longestMs,
        signal: stopping.signal,
      })
      running.current = null
      if (stopping.signal.aborted) return setState({ kind: 'failed', text: t.cancelled })
      switch (answer.kind) {
        case 'ok': {
          const name = `${who.event}-${fileOf(choice)}`
          saveFile(answer.body as Blob, { name, type: answer.headers.get('content-type') ?? '' })
          return setState({ kind: 'done', text: t.done(name) })
        }
        case 'refused': {
          if (answer.code === 'ZK-EXPORT-001')
            return setState({ kind: 'lost', lost: answer.figures as unknown as Unwritable })
          const text = answer.code === 'ZK-AUTH-002' ? t.notAllowed : t.refused(answer.code)
          return setState({ kind: 'failed', text })
        }
        case 'busy':
          return setState({ kind: 'failed', text: t.busy })
        default:
          return setState({ kind: 'failed', text: t.offline })
      }
    },
    cancel: () => running.current?.abort(),
  }
}
