import type { Clock } from '../device/clock.ts'
import type { Answer, Ask } from './http.ts'
import type { NoticesAboard } from './notices.ts'
import type { Status } from './types.ts'

type Parts = {
  ask(path: string, ask?: Ask): Promise<Answer>
  status: Status
  clock: Clock
  version: string
  notices(): NoticesAboard
  onMenus(menus: number): void
}

/** Without news the console still wants to know that the device is there. */
const everyMs = 60_000

/** Tells the server what the console shows of this device: backlog, version, clock, notices; hears what the person may open now. Failing is no failure of the sync. */
export function createReport({ ask, status, clock, version, notices, onMenus }: Parts): () => Promise<void> {
  let told = ''
  let toldMs = Number.NEGATIVE_INFINITY
  return async () => {
    const { offsetMs, measuredAt } = clock.stamp()
    const news = {
      version,
      unsent: status.unsent.value,
      photosUnsent: status.photosUnsent.value.count,
      refused: status.refused.value.length,
      oldestUnsentAt: status.oldestUnsentAt.value,
      notices: notices(),
    }
    const text = JSON.stringify(news)
    if (text === told && clock.monotonic() - toldMs < everyMs) return
    const json = { ...news, clockOffsetMs: measuredAt === null ? null : offsetMs }
    const answer = await ask('/api/devices/heartbeat', { method: 'POST', json })
    if (answer.kind !== 'ok') return
    told = text
    toldMs = clock.monotonic()
    const { menus } = (answer.body ?? {}) as { menus?: unknown }
    if (typeof menus === 'number') onMenus(menus)
  }
}
