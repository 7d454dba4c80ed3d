import { useEffect } from 'preact/hooks'
import { afterPaint } from '../desk/after-paint.ts'
import { useDesk } from '../desk/context.ts'

/** Shorter than a claim lasts, so that it never runs out while someone looks. */
const renewMs = 20_000

/** Says on the server that this device looks at a check-in, as long as it does. */
export function useClaim(checkin: string | null): void {
  const { desk, who } = useDesk()
  const path = `/api/events/${who.event}/claims`
  useEffect(() => {
    if (checkin === null) return
    let current = true
    const take = () => void desk.ask(path, { method: 'POST', json: { checkin } })
    const release = () => void desk.ask(path, { method: 'POST', json: { release: checkin } })
    afterPaint(() => current && take())
    const timer = setInterval(take, renewMs)
    addEventListener('pagehide', release)
    return () => {
      current = false
      clearInterval(timer)
      removeEventListener('pagehide', release)
      afterPaint(release)
    }
  }, [checkin, path])
}
