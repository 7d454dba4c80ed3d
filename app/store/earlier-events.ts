import type { Http } from './http.ts'
import type { KeyValue } from './ports.ts'

const keptUnder = 'zekken:earlier-events'

type Parts = { http: Http; keyValue: KeyValue; destroy(event: string): Promise<void> }

/** Events that this phone took part in before and still holds something of: those that are forgotten go from here, too. */
export function createEarlierEvents({ http, keyValue, destroy }: Parts) {
  let hasAsked = false
  const read = () => JSON.parse(keyValue.get(keptUnder) ?? '[]') as string[]
  const write = (events: readonly string[]) => keyValue.set(keptUnder, JSON.stringify(events))

  return {
    /** The phone goes over from one event to another. */
    changed(from: string, to: string): void {
      write([...new Set([...read(), from])].filter((event) => event !== to))
    },
    /** Asks once for each page that is open: nobody waits for it. */
    async look(): Promise<void> {
      if (hasAsked) return
      hasAsked = true
      for (const event of read()) {
        const answer = await http(`/api/forgotten/${event}`)
        const order = answer.kind === 'ok' ? (answer.body as { order?: unknown } | null)?.order : undefined
        if (typeof order !== 'string') continue
        const removal = await import('./removal.ts').catch(() => null)
        if (!(await removal?.isForgetOrder(order, { event }, keyValue))) continue
        await destroy(event)
        write(read().filter((other) => other !== event))
      }
    },
  }
}
