import type { Couch, Database } from '../../../sync-server/couch/client.ts'

export type Write = { database: string; ids: readonly string[] }
type When = 'before' | 'after'

/** A real database behind a link that can be cut: in general, or at a chosen write, before or after it takes effect. */
export type CuttableCouch = Couch & {
  cut(): void
  restore(): void
  /** Cuts at the first write that fits, counted from now. */
  cutAt(fits: (write: Write) => boolean, when: When): void
  /** Resolves once the link is cut, by a trap or by hand. */
  whenCut(): Promise<void>
  /** Long polls from now on hang, as on a connection that died without a word. */
  deafen(): { hearAgain(): void }
  /** Writes since the last `restore`, in order. */
  writes: Write[]
}

export function cuttable(couch: Couch): CuttableCouch {
  let isCut = false
  let isDeaf = false
  let trap: { fits: (write: Write) => boolean; when: When } | undefined
  let severed = Promise.withResolvers<never>()
  severed.promise.catch(() => {})
  const writes: Write[] = []
  const broken = () => new TypeError('fetch failed')

  function cut(): void {
    isCut = true
    severed.reject(broken())
  }

  async function through<T>(work: () => Promise<T>): Promise<T> {
    if (isCut) throw broken()
    const answer = work()
    answer.catch(() => {})
    return await Promise.race([answer, severed.promise])
  }

  async function writing<T>(write: Write, work: () => Promise<T>): Promise<T> {
    if (isCut) throw broken()
    const sprung = trap?.fits(write) ? trap.when : undefined
    if (sprung) trap = undefined
    if (sprung === 'before') cut()
    writes.push(write)
    const answer = await through(work)
    if (sprung === 'after') {
      cut()
      throw broken()
    }
    return answer
  }

  const hang = (signal: AbortSignal | undefined) =>
    new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(broken()))
    })

  const behind = (database: Database): Database => ({
    name: database.name,
    get: (...given) => through(() => database.get(...given)),
    all: (...given) => through(() => database.all(...given)),
    changes: (query) => through(() => (isDeaf && query?.waitMs ? hang(query.signal) : database.changes(query))),
    attachment: (...given) => through(() => database.attachment(...given)),
    find: (...given) => through(() => database.find(...given)),
    info: () => through(() => database.info()),
    put: (doc) => writing({ database: database.name, ids: [doc._id] }, () => database.put(doc)),
    bulk: (docs, options) =>
      writing({ database: database.name, ids: docs.map(({ _id }) => _id) }, () => database.bulk(docs, options)),
  })

  return {
    url: couch.url,
    authorization: couch.authorization,
    request: (...given) => through(() => couch.request(...given)),
    json: (...given) => through(() => couch.json(...given)),
    database: (name) => behind(couch.database(name)),
    create: (name) => writing({ database: name, ids: [] }, () => couch.create(name)),
    drop: (name) => through(() => couch.drop(name)),
    exists: (name) => through(() => couch.exists(name)),
    names: () => through(() => couch.names()),
    cut,
    whenCut: () => severed.promise.catch(() => {}),
    deafen() {
      isDeaf = true
      return {
        hearAgain() {
          isDeaf = false
        },
      }
    },
    restore() {
      isCut = false
      trap = undefined
      writes.length = 0
      severed = Promise.withResolvers<never>()
      severed.promise.catch(() => {})
    },
    cutAt(fits, when) {
      trap = { fits, when }
    },
    writes,
  }
}
