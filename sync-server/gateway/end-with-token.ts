/**
 * A changes feed that ends when the token does. One that has brought nothing yet is closed with a whole answer, so that
 * the client asks again at once with its new token; one in the middle of a row is cut.
 */
export function endWithToken(
  feed: ReadableStream<Uint8Array>,
  { remainingMs, since }: { remainingMs: number; since: string | null },
): ReadableStream<Uint8Array> {
  const reader = feed.getReader()
  const decoder = new TextDecoder()
  let head = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setTimeout(() => {
        const rest = restOf(head, since)
        reader.cancel().catch(ignoreGone)
        if (rest === null) return controller.error(new Error('the token ran out'))
        controller.enqueue(new TextEncoder().encode(rest))
        controller.close()
        return undefined
      }, remainingMs)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) {
        clearTimeout(timer)
        closeQuietly(controller)
        return
      }
      if (head.length < 40) head += decoder.decode(value.subarray(0, 200), { stream: true }).replace(/\s/g, '')
      controller.enqueue(value)
    },
    async cancel(reason) {
      clearTimeout(timer)
      await reader.cancel(reason).catch(ignoreGone)
    },
  })
}

/** What makes an answer that has brought no row yet whole; null when it cannot be made whole. */
function restOf(head: string, since: string | null): string | null {
  if (since === 'now') return null
  const lastSeq = since === null || /^\d+$/.test(since) ? (since ?? '0') : JSON.stringify(since)
  if (head === '') return `{"results":[],"last_seq":${lastSeq},"pending":0}\n`
  if (head === '{"results":[') return `],"last_seq":${lastSeq},"pending":0}\n`
  return null
}

/** The timer may have closed the stream while a read was under way. */
function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // Closed already, which is what is wanted.
  }
}
/** The other end hung up first. */
function ignoreGone(): void {}
