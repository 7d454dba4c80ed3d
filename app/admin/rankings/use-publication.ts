import { useState } from 'preact/hooks'
import type { PublicationPage, PublicationWish, SnapshotLine } from '../../../design-docs/rankings.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './ranking-words.ts'

/** What is frozen and published, the snapshots, and what can be done about them. */
export function usePublication() {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const loaded = useLoaded<PublicationPage>(`${root}/publication`, { desk, live, concerns: ({ plan }) => plan })
  const [busy, setBusy] = useState(false)

  async function ask<T>(path: string, request: { method: 'PUT' | 'POST'; json: object }): Promise<T | null> {
    setBusy(true)
    const answer = await desk.ask(`${root}/${path}`, request)
    setBusy(false)
    if (answer.kind !== 'ok') {
      toast(words.value.failed(answer.kind === 'refused' ? answer.code : '—'))
      return null
    }
    loaded.reload()
    return answer.body as T
  }
  return {
    loaded,
    busy,
    change: async (wish: PublicationWish) => (await ask('publication', { method: 'PUT', json: wish })) !== null,
    keep: (name: string, occasion: 'hand' | 'publish') =>
      ask<SnapshotLine>('snapshots', { method: 'POST', json: { name, occasion } }),
  }
}
export type Publication = ReturnType<typeof usePublication>
