import { parentPort } from 'node:worker_threads'
import { clusterPicture, type PictureTask, paintPicture } from './palette-pictures.ts'

const done = (task: PictureTask) =>
  task.do === 'cluster' ? clusterPicture(task.bytes, task.k, task.seed) : paintPicture(task)

// One after the other: the pictures of a single one fill a good part of the memory.
let last: Promise<unknown> = Promise.resolve()
parentPort?.on('message', ({ id, task }: { id: number; task: PictureTask }) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ id, made: await done(task) })
    } catch (error) {
      parentPort?.postMessage({ id, problem: error instanceof Error ? error.message : String(error) })
    }
  })
})
