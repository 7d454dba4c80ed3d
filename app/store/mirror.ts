import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { LocalDatabase } from './database.ts'
import type { Answer, Ask } from './http.ts'
import type { Ledger, MirrorPointer } from './ledger.ts'
import { bytesOf } from './mirror-bytes.ts'
import { type MirrorCopy, openMirrorCopy, type Position } from './mirror-copy.ts'
import { type FeedAnswer, type FeedPage, readFeed } from './mirror-feed.ts'
import { turns } from './turns.ts'
import type { Mirror, MirrorDoc, MirrorState } from './types.ts'

/** `fresh`: the whole copy was read anew just now. */
export type PullOutcome = { kind: 'done'; fresh: boolean } | Exclude<Answer, { kind: 'ok' }>

export type InnerMirror = Mirror & {
  /** The server's database that this is a mirror of. */
  name: string
  /** Shows what is on the phone; follows the pointer that the leading tab writes. */
  refresh(): Promise<void>
  /** Brings the copy up to the server, from zero when it is another generation or `refill` says so. */
  catchUp(path: string, generation: string, options?: { refill?: boolean }): Promise<PullOutcome>
  /** Follows the server until something breaks or the signal ends it. */
  follow(path: string, signal: AbortSignal): Promise<PullOutcome>
  /** Compares every id and revision with the server's; false when they differ though nothing is on its way. */
  equalsServer(path: string): Promise<boolean | null>
  close(): Promise<void>
}

type Parts = {
  name: string
  open(name: string): LocalDatabase
  ledger: Ledger
  ask(path: string, ask?: Ask): Promise<Answer>
  onWrite(): void
}

const pageRows = 1_000
const pollMs = 25_000
const none: MirrorPointer = { shown: null, filling: null, generation: null, fills: 0 }

export function createMirror({ name, open, ledger, ask, onWrite }: Parts): InnerMirror {
  const docs = signal<ReadonlyMap<string, MirrorDoc>>(new Map())
  const inTurn = turns()
  let lastPath: string | null = null
  const state = signal<MirrorState>('empty')
  const progress = signal<{ received: number; expected: number | null } | null>(null)
  const copies = new Map<string, MirrorCopy>()

  const pointer = () => ledger.mirrors.value.get(name) ?? none

  const copyOf = (local: string): MirrorCopy => {
    const known = copies.get(local)
    if (known) return known
    const copy = openMirrorCopy(open(local), () => show(), onWrite)
    copies.set(local, copy)
    return copy
  }

  /** The complete copy; else the one being filled, so that what has arrived is of use. */
  const show = () => {
    const { shown, filling } = pointer()
    const visible = shown ?? filling
    const copy = visible === null ? undefined : copies.get(visible)
    docs.value = new Map(copy?.docs ?? [])
    state.value = shown ? (filling ? 'refilling' : 'complete') : filling ? 'filling' : 'empty'
    const fresh = filling === null ? undefined : copies.get(filling)
    progress.value = fresh ? { received: fresh.docs.size, expected: fresh.position().expected } : null
  }

  const refresh = async () => {
    const { shown, filling } = pointer()
    const wanted = [shown, filling].filter((local) => local !== null)
    for (const [local, copy] of copies) {
      if (wanted.includes(local)) continue
      copies.delete(local)
      await copy.table.database.close()
    }
    await Promise.all(wanted.map((local) => copyOf(local).table.refresh()))
    show()
  }

  /** Starts a new copy beside the one shown. */
  const startFill = async (generation: string) => {
    const before = pointer()
    if (before.filling) await discard(before.filling)
    const fills = before.fills + 1
    await ledger.point(name, { ...before, filling: `${name}@${generation}.${fills}`, generation, fills })
    await refresh()
  }

  const discard = async (local: string) => {
    const copy = copyOf(local)
    copies.delete(local)
    await copy.table.database.destroy()
  }

  /** The new copy is complete: it is shown from now on, the old one is destroyed. */
  const finishFill = async () => {
    const before = pointer()
    if (!before.filling) return
    await ledger.point(name, { ...before, shown: before.filling, filling: null })
    await refresh()
    if (before.shown) await discard(before.shown)
  }

  type Reading = { waitMs?: number; signal?: AbortSignal; answered?: Promise<FeedAnswer> | null }
  const read = async (path: string, copy: MirrorCopy, { answered, ...options }: Reading = {}) => {
    const at = copy.position()
    const answer = await (answered ?? readFeed(ask, path, { since: at.since, limit: pageRows, ...options }))
    if (answer.kind !== 'ok' || options.signal?.aborted) return { answer, next: null }
    const { since, pending } = answer.page
    // On the first sync the next page is on its way while this one is written.
    const next = at.complete || !pending ? null : readFeed(ask, path, { since, limit: pageRows })
    // A page that another reader overtook meanwhile is dropped: it follows a position that is no longer the last.
    const kept = await inTurn(async () => {
      if (current() !== copy || copy.position() !== at) return false
      await keep(copy, at, answer.page)
      return copy.position().since === since
    })
    return { answer, next: kept ? next : null }
  }

  const keep = async (copy: MirrorCopy, at: Position, page: FeedPage) => {
    if (page.rows.length === 0 && page.since === at.since && at.complete) return
    const next = { ...at, since: page.since, pages: at.pages + 1 }
    if (at.complete) return copy.addChanges(page.rows, next)
    const complete = page.rows.length === 0 || page.pending === 0
    const expected = page.pending === null ? at.expected : copy.docs.size + page.rows.length + page.pending
    return copy.addPage(page.rows, { ...next, expected, complete })
  }

  const current = () => {
    const { shown, filling } = pointer()
    const local = filling ?? shown
    return local === null ? null : copyOf(local)
  }

  const catchUp: InnerMirror['catchUp'] = async (path, generation, { refill = false } = {}) => {
    lastPath = path
    if (pointer().generation !== generation || refill) await inTurn(() => startFill(generation))
    let answered: Promise<FeedAnswer> | null = null
    for (let fresh = false; ; ) {
      const copy = current()
      if (!copy) return { kind: 'offline' }
      const { answer, next }: Awaited<ReturnType<typeof read>> = await read(path, copy, { answered })
      answered = next
      if (answer.kind === 'refused' && answer.status === 400 && copy.position().since !== 0) {
        // A position that the server cannot read is none of its own: it is not the server that gave it.
        await inTurn(() => startFill(generation))
        continue
      }
      if (answer.kind !== 'ok') return answer
      if (pointer().filling && copy.position().complete) {
        await inTurn(finishFill)
        fresh = true
      }
      if (answer.page.rows.length === 0 || answer.page.pending === 0) return { kind: 'done', fresh }
    }
  }

  const follow: InnerMirror['follow'] = async (path, signal) => {
    while (!signal.aborted) {
      const copy = current()
      if (!copy) return { kind: 'offline' }
      const { answer } = await read(path, copy, { waitMs: pollMs, signal })
      if (answer.kind !== 'ok') return answer
    }
    return { kind: 'done', fresh: false }
  }

  const equalsServer: InnerMirror['equalsServer'] = async (path) => {
    const copy = current()
    if (!copy) return null
    const theirs = new Map<string, string>()
    let since: string | number = 0
    for (;;) {
      const answer = await readFeed(ask, path, { since, limit: 10 * pageRows, bare: true })
      if (answer.kind !== 'ok') return null
      for (const { id, doc } of answer.page.rows) if (doc) theirs.set(id, doc._rev)
      since = answer.page.since
      if (answer.page.rows.length === 0 || answer.page.pending === 0) break
    }
    const differs = () =>
      theirs.size !== copy.docs.size || [...copy.docs].some(([id, doc]) => theirs.get(id) !== doc._rev)
    if (!differs()) {
      // Positions of a server that was set back and has caught up again by other steps are not ours: this one is.
      await inTurn(async () => {
        if (current() === copy && !differs()) await copy.addChanges([], { ...copy.position(), since })
      })
      return true
    }
    // What changed on the server between our last look and this one is no difference.
    const { answer } = await read(path, copy)
    if (answer.kind !== 'ok') return null
    for (const { id, doc } of answer.page.rows) {
      if (doc) theirs.set(id, doc._rev)
      else theirs.delete(id)
    }
    return !differs()
  }

  return {
    name,
    docs,
    state,
    progress,
    doc: <T extends MirrorDoc>(id: string) => computed(() => docs.value.get(id)) as ReadonlySignal<T | undefined>,
    withPrefix: <T extends MirrorDoc>(prefix: string) =>
      computed(() =>
        [...docs.value.values()].filter(({ _id }) => _id.startsWith(prefix)).sort((a, b) => (a._id < b._id ? -1 : 1)),
      ) as unknown as ReadonlySignal<readonly T[]>,
    async attachment(id, attachment) {
      const copy = current()
      const doc = copy?.docs.get(id)
      return copy && doc ? bytesOf({ copy, doc, attachment, ask, path: lastPath }) : null
    },
    refresh,
    catchUp,
    follow,
    equalsServer,
    close: async () => {
      for (const copy of copies.values()) await copy.table.database.close()
      copies.clear()
    },
  }
}
