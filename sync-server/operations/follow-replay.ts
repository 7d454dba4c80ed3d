import type { Runner } from '../feed/start-runner.ts'

/** One line of the answer to a replay that is followed: what is left of it, or, as the last, at how many events it ended. */
export type ReplayLine = { left: number } | { events: number }
export const linesType = 'application/x-ndjson'

type Followed = { name: string; events: number; everyMs?: number }

/**
 * Runs a replay to its end and says on the way how much is left, as lines of JSON: keys of the batch under way and changes
 * behind it. It is in the database where a replay stands: it goes on when whoever listened has gone.
 */
export function followReplay(
  runner: Pick<Runner, 'status' | 'drain'>,
  { name, events, everyMs = 500 }: Followed,
): Response {
  const left = () =>
    runner
      .status()
      .filter((one) => one.function === name)
      .reduce((sum, { pending, atHand }) => sum + pending + atHand, 0)
  const text = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (line: ReplayLine) => controller.enqueue(text.encode(`${JSON.stringify(line)}\n`))
      const timer = setInterval(() => say({ left: left() }), everyMs)
      let isHeard = true
      stop = () => {
        isHeard = false
        clearInterval(timer)
      }
      const end = (close: () => void) => () => {
        if (!isHeard) return
        stop()
        close()
      }
      const close = end(() => {
        say({ events })
        controller.close()
      })
      runner.drain().then(close, (error) => end(() => controller.error(error))())
    },
    cancel: () => stop(),
  })
  return new Response(body, { headers: { 'content-type': linesType } })
}
