import { type ReadonlySignal, signal } from '@preact/signals'
import type { LocalDatabase } from './database.ts'
import type { Ledger, MirrorPointer } from './ledger.ts'
import { type MirrorCopy, openMirrorCopy } from './mirror-copy.ts'
import type { MirrorDoc, MirrorState } from './types.ts'

/** The local copies of one mirror: the one shown, and a new one that fills beside it until it is complete. */
export type MirrorCopies = {
  docs: ReadonlySignal<ReadonlyMap<string, MirrorDoc>>
  state: ReadonlySignal<MirrorState>
  progress: ReadonlySignal<{ received: number; expected: number | null } | null>
  /** The one that follows the server now. */
  current(): MirrorCopy | null
  isFilling(): boolean
  /** The server's generation that the current copy is of. */
  generation(): string | null
  /** Begins a new copy beside the one shown; one that was filling is thrown away. */
  startFill(generation: string): Promise<void>
  /** The new copy is complete: it is shown from now on, the old one is destroyed. */
  finishFill(): Promise<void>
  /** Removes every copy there is. */
  drop(): Promise<void>
  /** Takes in what other tabs wrote. */
  refresh(): Promise<void>
  close(): Promise<void>
}

type Parts = { name: string; open(name: string): LocalDatabase; ledger: Ledger; onWrite(): void }

const none: MirrorPointer = { shown: null, filling: null, old: null, generation: null, fills: 0 }

export function createMirrorCopies({ name, open, ledger, onWrite }: Parts): MirrorCopies {
  const docs = signal<ReadonlyMap<string, MirrorDoc>>(new Map())
  const state = signal<MirrorState>('empty')
  const progress = signal<{ received: number; expected: number | null } | null>(null)
  const copies = new Map<string, MirrorCopy>()

  const pointer = () => ledger.mirrors.value.get(name) ?? none

  const copyOf = (local: string): MirrorCopy => {
    const known = copies.get(local)
    if (known) return known
    const copy = openMirrorCopy(open(local), show, onWrite)
    copies.set(local, copy)
    return copy
  }

  /** The complete copy; else the one being filled, so that what has arrived is of use. */
  function show(): void {
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

  const discard = async (local: string) => {
    const copy = copyOf(local)
    copies.delete(local)
    await copy.table.database.destroy()
  }

  return {
    docs,
    state,
    progress,
    current() {
      const { shown, filling } = pointer()
      const local = filling ?? shown
      return local === null ? null : copyOf(local)
    },
    isFilling: () => pointer().filling !== null,
    generation: () => pointer().generation,
    async startFill(generation) {
      const before = pointer()
      for (const local of [before.filling, before.old]) if (local) await discard(local)
      const fills = before.fills + 1
      const filling = `${name}@${generation}.${fills}`
      await ledger.point(name, { shown: before.shown, filling, old: null, generation, fills })
      await refresh()
    },
    async finishFill() {
      const before = pointer()
      if (!before.filling) return
      // The old one is named until it is gone, so that a page that ends here leaves nothing behind for good.
      await ledger.point(name, { ...before, shown: before.filling, filling: null, old: before.shown })
      await refresh()
      if (before.shown) await discard(before.shown)
    },
    async drop() {
      const { shown, filling, old, fills } = pointer()
      // Each is named until it is gone, so that a page that ends here leaves nothing behind for good.
      for (const [local, rest] of [
        [old, { shown, filling }],
        [filling, { shown, filling: null }],
        [shown, { shown: null, filling: null }],
      ] as const) {
        if (local === null) continue
        await ledger.point(name, { ...none, ...rest, old: local, fills })
        await refresh()
        await discard(local)
        await ledger.point(name, { ...none, ...rest, fills })
      }
    },
    refresh,
    async close() {
      for (const copy of copies.values()) await copy.table.database.close()
      copies.clear()
    },
  }
}
