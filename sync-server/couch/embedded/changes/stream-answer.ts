/**
 * Sends a generator's text as it comes. It is never compressed, which would hold back a heartbeat, and it ends when
 * the client goes: the generator sees the signal and cleans up.
 */
export function streamAnswer(
  lines: (signal: AbortSignal) => AsyncGenerator<string>,
  options: { type: string; signal: AbortSignal },
): Response {
  const gone = new AbortController()
  const leave = () => gone.abort()
  options.signal.addEventListener('abort', leave, { once: true })
  const source = lines(gone.signal)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await source.next()
        if (!done) return controller.enqueue(encoder.encode(value))
        options.signal.removeEventListener('abort', leave)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
    cancel: leave,
  })
  return new Response(body, {
    headers: {
      'content-type': options.type,
      'cache-control': 'must-revalidate, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
