import { Worker } from 'node:worker_threads'
import type { Clustered, Painted, PictureTask } from './palette-pictures.ts'

/** The thread ended before it was done: nothing is known of the picture. */
export class ThreadEnded extends Error {}

type Waiting = PromiseWithResolvers<unknown>
let thread: { worker: Worker; waiting: Map<number, Waiting> } | null = null
let last = 0

/**
 * Works on pictures in a thread beside the server's, so that scans do not wait for them. It is kept, ends with the
 * process, and if it breaks off fails what it was doing; the next task has a new one.
 */
export function inPictureThread(task: Extract<PictureTask, { do: 'cluster' }>): Promise<Clustered>
export function inPictureThread(task: Extract<PictureTask, { do: 'paint' }>): Promise<Painted>
export function inPictureThread(task: PictureTask): Promise<unknown> {
  thread ??= start()
  const id = ++last
  const asked = Promise.withResolvers<unknown>()
  thread.waiting.set(id, asked)
  thread.worker.ref()
  thread.worker.postMessage({ id, task })
  return asked.promise
}

function start() {
  const worker = new Worker(new URL('./picture-worker.ts', import.meta.url))
  const own = { worker, waiting: new Map<number, Waiting>() }
  worker.on('message', ({ id, made, problem }: { id: number; made?: unknown; problem?: string }) => {
    const asked = own.waiting.get(id)
    own.waiting.delete(id)
    if (own.waiting.size === 0) worker.unref()
    if (problem === undefined) asked?.resolve(made)
    else asked?.reject(new Error(problem))
  })
  const end = (error: Error) => {
    if (thread === own) thread = null
    for (const { reject } of own.waiting.values()) reject(error)
    own.waiting.clear()
  }
  worker.on('error', (error) => end(new ThreadEnded('the thread for pictures broke off', { cause: error })))
  worker.on('exit', (code) => end(new ThreadEnded(`the thread for pictures ended with ${code}`)))
  return own
}
