const databaseName = 'zekken-device'
const storeName = 'keys'
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export type DeviceKey = { publicKey: JsonWebKey; sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> }

/** This device's P-256 key, made once; its private half cannot be read, not even by this page. */
export async function deviceKey(): Promise<DeviceKey> {
  const pair = (await load()) ?? (await make())
  return {
    publicKey: await crypto.subtle.exportKey('jwk', pair.publicKey),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, bytes)),
  }
}

async function make(): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  // Two tabs may have made one each: the first that was kept holds.
  await withStore('readwrite', (store) => store.add(made, 'device')).catch(() => undefined)
  return (await load()) ?? made
}

const load = () => withStore<CryptoKeyPair | undefined>('readonly', (store) => store.get('device'))

async function withStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open(databaseName)
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName)
  const database = await settled<IDBDatabase>(opening)
  try {
    return await settled<T>(ask(database.transaction(storeName, mode).objectStore(storeName)))
  } finally {
    database.close()
  }
}

const settled = <T>(request: IDBRequest) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = (event) => {
      // Unhandled, a failed `add` would abort its transaction as well as say so here.
      event.preventDefault()
      reject(request.error ?? new Error('IndexedDB'))
    }
  })
