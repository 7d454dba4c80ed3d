/**
 * The types of PouchDB declare a global `Buffer` of their own, from before Node's became generic, and the two are
 * merged. What is said last comes first: Node's own signatures again, where the older ones hide them.
 */
interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike> {
  readonly buffer: TArrayBuffer
  slice(start?: number, end?: number): Buffer<ArrayBuffer> & Uint8Array<ArrayBuffer>
}
