/** One event of a server-sent stream. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export type StreamEvent = { name: string; data: string; id: string | null }

/** Reads events out of a body as they come; resolves when it ends, and throws when it breaks. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += decoder.decode(value, { stream: true })
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parse(block)
      if (event) onEvent(event)
    }
  }
}

function parse(block: string): StreamEvent | null {
  const event: StreamEvent = { name: 'message', data: '', id: null }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const at = line.indexOf(':')
    if (at === 0) continue
    const field = at < 0 ? line : line.slice(0, at)
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '')
    if (field === 'event') event.name = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') event.id = value
  }
  event.data = data.join('\n')
  return data.length > 0 ? event : null
}
