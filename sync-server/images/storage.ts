/** Bytes of a file by their places, the last one included. */
export type ByteRange = { from: number; to: number }

/**
 * Where bytes live: photos, pictures made of them, pieces on their way. Keys are any text of up to 300 characters with
 * `/` between segments; an adapter never lets one become a path by itself. Every adapter passes
 * `test/images/storage-contract.ts`.
 */
export type Storage = {
  /** Resolves once the bytes survive what the installation promises; an existing key is replaced at one blow. */
  put(key: string, bytes: Uint8Array, contentType?: string): Promise<void>
  /** The same for what need not fit into memory; answers how many bytes it was. What breaks off leaves nothing. */
  putStream(key: string, chunks: AsyncIterable<Uint8Array>, contentType?: string): Promise<number>
  get(key: string): Promise<Uint8Array | null>
  /** The bytes in chunks, for what need not fit into memory; a range lies within `size`. */
  stream(key: string, range?: ByteRange): Promise<{ body: ReadableStream<Uint8Array>; bytes: number } | null>
  has(key: string): Promise<boolean>
  /** How many bytes there are, or null. */
  size(key: string): Promise<number | null>
  /** True when there was something to delete. */
  delete(key: string): Promise<boolean>
  /** Keys that start with this folder, which ends with `/`, in order; every key for the empty one. */
  list(folder: string): Promise<string[]>
  /** Rejects while the place as a whole does not serve. */
  check(): Promise<void>
}
