/** The same bytes without a copy. PouchDB's types declare a Buffer of old that fits nowhere a Uint8Array does. */
export const bytesOf = ({ buffer, byteOffset, length }: Buffer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, length)
