import type { LocalDatabase } from './database.ts'
import type { Answer, Ask } from './http.ts'
import type { Ledger } from './ledger.ts'
import { bytesOf } from './mirror-bytes.ts'
import { createMirrorCopies } from './mirror-copies.ts'
import { createMirrorPull, type MirrorPull } from './mirror-pull.ts'
import type { Mirror } from './types.ts'

/** One mirror: what is shown of it, and the way by which it follows the server. */
export type InnerMirror = Pick<Mirror, 'docs' | 'state' | 'progress' | 'attachment'> &
  MirrorPull & {
    /** The server's database that this is a mirror of. */
    name: string
    /** Takes in what other tabs wrote. */
    refresh(): Promise<void>
    close(): Promise<void>
  }

type Parts = {
  name: string
  open(name: string): LocalDatabase
  ledger: Ledger
  ask(path: string, ask?: Ask): Promise<Answer>
  onWrite(): void
}

export function createMirror({ name, open, ledger, ask, onWrite }: Parts): InnerMirror {
  const copies = createMirrorCopies({ name, open, ledger, onWrite })
  const { docs, state, progress, refresh, close } = copies
  const pull = createMirrorPull(copies, ask)
  let lastPath: string | null = null

  return {
    name,
    docs,
    state,
    progress,
    refresh,
    close,
    ...pull,
    catchUp(path, generation, options) {
      lastPath = path
      return pull.catchUp(path, generation, options)
    },
    async attachment(id, attachment) {
      const copy = copies.current()
      const doc = copy?.docs.get(id)
      return copy && doc ? bytesOf({ copy, doc, attachment, ask, path: lastPath }) : null
    },
  }
}
