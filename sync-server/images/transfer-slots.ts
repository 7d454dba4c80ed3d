export type TransferSlots = {
  /** Null while too many are under way; otherwise to be called once it has ended, however it ended. */
  take(session: string): (() => void) | null
}

/** Bounds what is sent at once, in all and to one session, so that slow readers hold up nobody but themselves. */
export function transferSlots({ inAll = 96, each = 12 } = {}): TransferSlots {
  const counts = new Map<string, number>()
  let all = 0
  return {
    take(session) {
      const own = counts.get(session) ?? 0
      if (all >= inAll || own >= each) return null
      all++
      counts.set(session, own + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        all--
        const left = (counts.get(session) ?? 1) - 1
        if (left > 0) counts.set(session, left)
        else counts.delete(session)
      }
    },
  }
}

/** The same bytes; `onEnd` is called when the last was read, the reader went away, or the source failed. */
export function whenSent(body: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
          controller.close()
        } catch (error) {
          controller.error(error)
        }
        onEnd()
      },
      async cancel(reason) {
        onEnd()
        await reader.cancel(reason)
      },
    },
    // Nothing is read ahead of the client.
    { highWaterMark: 0 },
  )
}
