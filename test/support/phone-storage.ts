import type { Page } from 'playwright'

/** The databases of the app in this browser profile that are of an event, by name. */
export function eventDatabases(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases()
    return all.map(({ name = '' }) => name).filter((name) => /^_pouch_.*zekken-|^_pouch_.*zk-/.test(name))
  })
}

/** Id and revision of every document in the one copy that the phone keeps of a server's database. */
export async function mirrorRevisions(page: Page, database: string): Promise<Record<string, string>> {
  return await page.evaluate(async (wanted) => {
    type Kept = { rows?: { id: string; doc: { _rev: string } | null }[] }
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).map(({ name = '' }) => name)
    const copies = names.filter((name) => name.includes(`:${wanted}@`))
    const [only, ...others] = copies
    if (!only || others.length > 0) return { copies: String(copies.length) }
    const copy = await settled(indexedDB.open(only))
    // A first sync is kept a page per document, later changes one by one over it: in the order of writing.
    const kept = await settled(
      copy.transaction('by-sequence').objectStore('by-sequence').getAll() as IDBRequest<Kept[]>,
    )
    copy.close()
    const found: Record<string, string> = {}
    for (const { rows = [] } of kept) {
      for (const { id, doc } of rows) {
        if (doc) found[id] = doc._rev
        else delete found[id]
      }
    }
    return found
  }, database)
}

/** Every word that lies in any database of this origin, by its name, as somebody with a cable would read it. */
export async function everythingStored(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const found: Record<string, string> = { localStorage: JSON.stringify(localStorage) }
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const all = await settled(database.transaction(store).objectStore(store).getAll())
        found[name] = (found[name] ?? '') + JSON.stringify(all)
      }
      database.close()
    }
    return found
  })
}
