import { randomBytes } from 'node:crypto'
import type { AuditEntry } from '../../design-docs/audit.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { CouchDoc, Database } from '../couch/client.ts'
import { type ChainHead, lineAfter, lineId, noLines, type Said } from './link-line.ts'
import { noteAudited } from './request-audit.ts'

/** Where this process saw the chain end, and the line it is writing: lines of one process wait for each other. */
type Writer = { head: ChainHead | null; last: Promise<unknown> }
const writers = new WeakMap<Database, Writer>()

/** So many processes would have to be ahead of this one, again and again, before it gives up. */
const mostTries = 200

/**
 * Adds a line to the end of the chain. Its id is the number after the last one's, so of two processes that write at once
 * one is refused by the database and links its line to the other's.
 */
export async function addLine(office: Database, nowMs: number, entry: AuditEntry): Promise<void> {
  noteAudited()
  const writer = writers.get(office) ?? { head: null, last: Promise.resolve() }
  writers.set(office, writer)
  const said: Said = { ...entry, at: nowMs, salt: randomBytes(16).toString('hex') }
  const written = writer.last.then(() => write(office, writer, said))
  // One that failed is told to its own caller alone.
  writer.last = written.catch(() => {})
  await written
}

/** A failed try forgets where the chain ended, so that the next one looks. */
async function write(office: Database, writer: Writer, said: Said): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const head: ChainHead = writer.head ?? (await readHead(office))
    const line = lineAfter(head, said)
    writer.head = null
    const rev = await office.put(line as CouchDoc)
    if (rev !== null) {
      writer.head = { seq: line.seq, hash: line.hash }
      return
    }
  }
  throw new AppError('ZK-SYS-002', { figures: { log: 'audit' } })
}

/** The last line by number; an empty chain has none. */
export async function readHead(office: Database): Promise<ChainHead> {
  const [row] = await office.all({
    startkey: `${lineId(0).slice(0, -12)}\uffff`,
    endkey: lineId(0),
    descending: true,
    limit: 1,
    includeDocs: true,
  })
  const seq = row?.doc?.seq
  const hash = row?.doc?.hash
  return typeof seq === 'number' && typeof hash === 'string' ? { seq, hash } : noLines
}
