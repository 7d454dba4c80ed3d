import type { Caller } from '../../design-docs/access.ts'
import type { Installation } from '../login/installation.ts'
import { readerToken } from '../login/reader-token.ts'
import { refusedUpstream } from './upstream.ts'

/** One question that waits at the database, and how many wait for its answer. */
type Feed = { response: Promise<Response>; bytes: Promise<Uint8Array>; followers: number; abort: AbortController }

const feedsOf = new WeakMap<Installation, Map<string, Feed>>()
/** A byte that JSON passes over: the headers go out at once, with the server's time while it is true. */
const begun = new Uint8Array([0x0a])

/**
 * The answer to a feed that waits, asked once for all callers of the same roles who know the same: hundreds of phones
 * wait for the next change of one database, and each question costs the database as much as the change itself.
 */
export async function followShared(
  it: Installation,
  caller: Caller,
  path: string,
): Promise<{ response: Response; body: ReadableStream<Uint8Array> }> {
  const feeds = feedsOf.get(it) ?? new Map<string, Feed>()
  feedsOf.set(it, feeds)
  const key = `${[...caller.roles].sort()} ${path}`
  const feed = feeds.get(key) ?? ask(it, caller, path)
  if (!feeds.has(key)) {
    feeds.set(key, feed)
    const forget = () => void (feeds.get(key) === feed && feeds.delete(key))
    feed.bytes.then(forget, forget)
  }
  feed.followers += 1
  let follows = true
  const leave = () => {
    if (!follows) return
    follows = false
    feed.followers -= 1
    if (feed.followers > 0) return
    if (feeds.get(key) === feed) feeds.delete(key)
    feed.abort.abort()
  }
  try {
    const response = await feed.response
    return { response, body: told(feed.bytes, leave) }
  } catch (error) {
    leave()
    throw error
  }
}

function ask(it: Installation, caller: Caller, path: string): Feed {
  const abort = new AbortController()
  const response = (async () => {
    const headers = {
      authorization: `Bearer ${await readerToken(it.keys, caller, it.now())}`,
      accept: 'application/json',
    }
    return await refusedUpstream(await it.couch.request(path, { headers, signal: abort.signal }))
  })()
  const bytes = response.then(async (answer) => new Uint8Array(await answer.arrayBuffer()))
  // Whoever follows hears of a failure; with nobody left there is nobody to tell.
  bytes.catch(() => undefined)
  return { response, bytes, followers: 0, abort }
}

function told(bytes: Promise<Uint8Array>, leave: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(begun)
      bytes
        .then(
          (all) => {
            controller.enqueue(all)
            controller.close()
            leave()
          },
          (error: unknown) => {
            controller.error(error)
            leave()
          },
        )
        .catch(() => undefined)
    },
    cancel: leave,
  })
}
