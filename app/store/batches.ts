import type { TravellingFact } from './outbox.ts'

export type Batch = { docs: TravellingFact[] }

/** Documents in one request: a few large previews or many small facts, whichever is reached first. */
const most = 100

/** Reads facts in order and packs them until the bytes are reached, so that a slow link finishes a batch in time. */
export async function* batchesOf(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<TravellingFact[]>,
  maxBytes: () => number,
): AsyncGenerator<Batch> {
  let docs: TravellingFact[] = []
  let bytes = 0
  for (let i = 0; i < ids.length; i += most) {
    for (const doc of await read(ids.slice(i, i + most))) {
      const size = JSON.stringify(doc).length
      if (docs.length > 0 && (bytes + size > maxBytes() || docs.length >= most)) {
        yield { docs }
        docs = []
        bytes = 0
      }
      docs.push(doc)
      bytes += size
    }
  }
  if (docs.length > 0) yield { docs }
}
