/** Makes a PouchDB for a name: IndexedDB in a browser, memory in a test. The same name is the same data. */
export type OpenDatabase = (name: string) => PouchDB.Database

export type LocalDoc = { _id: string; _rev?: string | undefined; _deleted?: boolean; _attachments?: unknown }
export type LocalChange<T> = { id: string; rev: string; deleted: boolean; doc: T & { _id: string; _rev: string } }

/** A database on the phone that survives being closed by the system behind our back. */
export type LocalDatabase = {
  name: string
  get<T extends LocalDoc>(id: string, options?: PouchDB.Core.GetOptions): Promise<(T & { _rev: string }) | null>
  /** Writes all; the revisions come back in order, null where a newer one is there already. */
  bulk(docs: readonly LocalDoc[]): Promise<(string | null)[]>
  all<T extends LocalDoc>(options?: { keys?: string[]; attachments?: boolean }): Promise<(T & { _rev: string })[]>
  changesSince<T extends LocalDoc>(since: number): Promise<{ since: number; changes: LocalChange<T>[] }>
  attachment(id: string, name: string): Promise<Blob | null>
  /** Opens anew after the system closed it; iOS does so to a page in the background. */
  reopen(): Promise<void>
  destroy(): Promise<void>
  close(): Promise<void>
}

export function localDatabase(open: OpenDatabase, name: string): LocalDatabase {
  let database = open(name)
  let reopening: Promise<void> | null = null

  const reopen = () => {
    reopening ??= (async () => {
      // Closing what the system has closed already fails, which is what was wanted.
      await database.close().catch(() => undefined)
      database = open(name)
    })().finally(() => {
      reopening = null
    })
    return reopening
  }

  /** Runs once more on a fresh instance when the old one was closed under us. */
  const run = async <T>(task: (on: PouchDB.Database) => Promise<T>): Promise<T> => {
    await reopening
    try {
      return await task(database)
    } catch (error) {
      if (!wasClosed(error)) throw error
      await reopen()
      return task(database)
    }
  }

  return {
    name,
    get: <T extends LocalDoc>(id: string, options: PouchDB.Core.GetOptions = {}) =>
      run(async (on) => {
        try {
          return (await on.get(id, options)) as unknown as T & { _rev: string }
        } catch (error) {
          if (statusOf(error) === 404) return null
          throw error
        }
      }),
    bulk: (docs) =>
      run(async (on) => {
        const rows = await on.bulkDocs(docs as PouchDB.Core.PutDocument<object>[])
        return rows.map((row) => revisionOf(row))
      }),
    all: <T extends LocalDoc>({ keys, attachments = false }: { keys?: string[]; attachments?: boolean } = {}) =>
      run(async (on) => {
        const answer = await on.allDocs({ include_docs: true, attachments, ...(keys && { keys }) })
        return answer.rows.flatMap((row) =>
          'doc' in row && row.doc ? [row.doc as unknown as T & { _rev: string }] : [],
        )
      }),
    changesSince: <T extends LocalDoc>(since: number) =>
      run(async (on) => {
        const answer = await on.changes({ since, include_docs: true })
        const changes = answer.results.flatMap((change): LocalChange<T>[] =>
          change.doc
            ? [
                {
                  id: change.id,
                  rev: change.changes[0]?.rev ?? '',
                  deleted: change.deleted === true,
                  doc: change.doc as unknown as LocalChange<T>['doc'],
                },
              ]
            : [],
        )
        return { since: Number(answer.last_seq), changes }
      }),
    attachment: (id, attachment) =>
      run(async (on) => {
        try {
          return asBlob(await on.getAttachment(id, attachment))
        } catch (error) {
          if (statusOf(error) === 404) return null
          throw error
        }
      }),
    reopen,
    destroy: () => run((on) => on.destroy()),
    close: () => database.close(),
  }
}

/** A conflict is an answer; anything else that a row reports is a fault of this database. */
function revisionOf(row: PouchDB.Core.Response | PouchDB.Core.Error): string | null {
  if ('ok' in row && row.ok) return row.rev
  if (statusOf(row) === 409) return null
  throw row
}

const statusOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined

/** How PouchDB's `idb` adapter and the browsers word a connection that the system has closed. */
function wasClosed(error: unknown): boolean {
  const text = error instanceof Error ? `${error.name} ${error.message}` : JSON.stringify(error)
  return /InvalidStateError|indexed_db_went_bad|database is (closed|destroyed)|connection is clos|Connection to Indexed|AbortError/i.test(
    text,
  )
}

/** In Node an attachment is a Buffer. */
const asBlob = (data: Blob | Buffer): Blob => (data instanceof Blob ? data : new Blob([new Uint8Array(data as Buffer)]))
