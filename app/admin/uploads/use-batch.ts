import { useEffect, useState } from 'preact/hooks'
import type { BatchChange, BatchView, ChoicesMade, UploadRow } from '../../../design-docs/uploads.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { noteThere, senderOf } from './open-senders.ts'
import { words } from './upload-words.ts'

/** A batch with what is done to it; every answer is the batch as it then stands. */
export function useBatch(batch: string) {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}/uploads/${batch}`
  // A judge's decision changes what became of a file.
  const concerns = (change: { items: readonly { team: string }[] }) => change.items.length > 0
  const loaded = useLoaded<BatchView>(root, { desk, live, concerns, gatherMs: 1000 })
  const [newer, setNewer] = useState<BatchView | null>(null)
  const [taking, setTaking] = useState<number | null>(null)
  const sender = senderOf(desk, root)
  const sent = sender.sent.value
  const { reload } = loaded
  useEffect(() => setNewer(null), [loaded.value])
  const view = newer ?? loaded.value
  useEffect(() => {
    if (view)
      noteThere(
        root,
        view.rows.map(({ sha256 }) => sha256),
      )
  }, [view])
  // Shown as they come in, in groups, and at once when the last one is there.
  useEffect(() => {
    if (sent > 0 && (sent % 25 === 0 || !sender.active.value)) reload()
  }, [sent, sender.active.value])

  async function change(path: string, json: unknown): Promise<boolean> {
    const answer = await desk.ask(`${root}/${path}`, { method: 'POST', json })
    if (answer.kind === 'ok') setNewer(answer.body as BatchView)
    else toast(answer.kind === 'refused' ? answer.message : words.value.offline)
    return answer.kind === 'ok'
  }

  async function take(ready: number): Promise<void> {
    setTaking(ready)
    for (let left = ready; left > 0; ) {
      const answer = await desk.ask(`${root}/take`, { method: 'POST', json: {} })
      if (answer.kind !== 'ok') {
        toast(answer.kind === 'refused' ? answer.message : words.value.offline)
        break
      }
      const now = answer.body as { taken: number; left: number }
      left = now.taken === 0 ? 0 : now.left
      setTaking(left)
      if (left === 0) toast(words.value.taken)
    }
    setTaking(null)
    reload()
  }

  return {
    root,
    loaded: view ? { ...loaded, value: view } : loaded,
    sender,
    taking,
    take,
    choose: (rows: readonly UploadRow[], choice: ChoicesMade['choice']) =>
      change('choices', { files: rows.map(({ sha256 }) => sha256), choice }),
    set: (settings: BatchChange) => change('settings', settings),
    async discard(): Promise<boolean> {
      const answer = await desk.ask(root, { method: 'DELETE' })
      if (answer.kind !== 'ok') toast(answer.kind === 'refused' ? answer.message : words.value.offline)
      else reload()
      return answer.kind === 'ok'
    },
    async csv(query: string): Promise<ArrayBuffer | null> {
      const answer = await desk.ask(`${root}/results.csv?${query}`, { binary: true })
      if (answer.kind === 'ok') return answer.body as ArrayBuffer
      toast(answer.kind === 'refused' ? words.value.couldNot(answer.code) : words.value.offline)
      return null
    },
  }
}
export type UsedBatch = ReturnType<typeof useBatch>

export const readyOf = (rows: readonly UploadRow[]) => rows.filter(({ state }) => state === 'ready')
