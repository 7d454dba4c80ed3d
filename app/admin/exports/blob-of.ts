/** An answer as a file, which a browser keeps on its disk and not in its memory; `onBytes` hears how much has come. */
export async function blobOf(response: Response, onBytes: (bytes: number) => void): Promise<Blob> {
  let received = 0
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.length
      onBytes(received)
      controller.enqueue(chunk)
    },
  })
  return await new Response(response.body?.pipeThrough(counting)).blob()
}
