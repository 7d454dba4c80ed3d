/** What PouchDB takes as an attachment: IndexedDB keeps a Blob as it is, in Node it wants a Buffer. */
export const attachable = async (blob: Blob): Promise<object> =>
  typeof window === 'undefined' ? Buffer.from(await blob.arrayBuffer()) : blob
