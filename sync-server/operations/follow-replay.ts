import type { Runner } from '../feed/start-runner.ts'

/** One line of the answer to a replay that is followed: what is left of it, or, as the last, at how many events it ended. */
export type ReplayLine = { left: number } | { events: number }
export const linesType = 'application/x-ndjson'

const everyMs = 500

/**
 * Runs a replay to its end and says on the way how much is left, as lines of JSON: keys of the batch under way and changes
 * behind it. It is in the database where a
 * replay stands: one that is cut off goes on by itself, whoever listens.
 */
export function followReplay(runner: Runner, { name, events }: { name: string; events: number }): Response {
  const left = () =>
    runner
      .status()
      .filter((one) => one.function === name)
      .reduce((sum, { pending, atHand }) => sum + pending + atHand, 0)
  const text = new TextEncoder()
  let timer: ReturnType<typeof setInterval> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (line: ReplayLine) => controller.enqueue(text.encode(`${JSON.stringify(line)}\n`))
      timer = setInterval(() => say({ left: left() }), everyMs)
      runner.drain().then(
        () => {
          clearInterval(timer)
          say({ events })
          controller.close()
        },
        (error) => {
          clearInterval(timer)
          controller.error(error)
        },
      )
    },
    cancel: () => clearInterval(timer),
  })
  return new Response(body, { headers: { 'content-type': linesType } })
}
