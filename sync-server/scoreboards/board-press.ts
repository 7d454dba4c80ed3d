import { Worker } from 'node:worker_threads'
import type { BoardAnswer, BoardOrder, DrawnBoard } from './board-worker.ts'

export type BoardPress = {
  draw(order: BoardOrder): Promise<DrawnBoard>
  stop(): Promise<void>
}

/** Fonts and code stay in memory between two boards, not between two evenings. */
const restMs = 60_000
const longestMs = 2 * 60_000

/**
 * Draws scoreboards in a thread that is kept while there is work, since parsing the fonts takes longer than a board. A
 * thread that ends fails what it was drawing; the next order has a new one.
 */
export function boardPress(): BoardPress {
  let thread: { worker: Worker; waiting: Map<number, PromiseWithResolvers<DrawnBoard>> } | null = null
  let last = 0
  let resting: NodeJS.Timeout | undefined

  function start() {
    const worker = new Worker(new URL('./board-worker.ts', import.meta.url))
    const own = { worker, waiting: new Map<number, PromiseWithResolvers<DrawnBoard>>() }
    const end = (error: Error) => {
      if (thread === own) thread = null
      for (const { reject } of own.waiting.values()) reject(error)
      own.waiting.clear()
    }
    worker.on('message', (answer: BoardAnswer) => {
      const asked = own.waiting.get(answer.id)
      own.waiting.delete(answer.id)
      if ('drawn' in answer) asked?.resolve(answer.drawn)
      else asked?.reject(new Error(answer.error))
    })
    worker.on('error', end)
    worker.on('exit', (code) => end(new Error(`the drawing thread ended with ${code}`)))
    worker.unref()
    return own
  }

  const rest = () => {
    if (!thread || thread.waiting.size > 0) return
    void thread.worker.terminate()
    thread = null
  }

  return {
    async draw(order) {
      clearTimeout(resting)
      thread ??= start()
      const own = thread
      const id = ++last
      const asked = Promise.withResolvers<DrawnBoard>()
      own.waiting.set(id, asked)
      own.worker.postMessage({ id, order })
      const timer = setTimeout(() => void own.worker.terminate(), longestMs)
      try {
        return await asked.promise
      } finally {
        clearTimeout(timer)
        clearTimeout(resting)
        resting = setTimeout(rest, restMs)
        resting.unref()
      }
    },
    async stop() {
      clearTimeout(resting)
      await thread?.worker.terminate()
    },
  }
}
