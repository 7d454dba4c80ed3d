import { createHash } from 'node:crypto'
import type { AuditEntry } from '../../design-docs/audit.ts'

/** The end of the chain: how many lines there are, and the hash of the last. */
export type ChainHead = { seq: number; hash: string }
export const noLines: ChainHead = { seq: 0, hash: '' }

export type Said = AuditEntry & { at: number; salt: string }
export type LinkedLine = Said & {
  _id: string
  type: 'audit'
  seq: number
  before: string
  says: string
  hash: string
}

/** Digits enough to sort as text; after every id that lines had before there was a chain. */
export const lineId = (seq: number) => `audit:line-${String(seq).padStart(12, '0')}`

/** The line that follows `head` and says this. */
export function lineAfter(head: ChainHead, said: Said): LinkedLine {
  const seq = head.seq + 1
  const says = hashOf(said)
  const link = { seq, before: head.hash, says }
  return { _id: lineId(seq), type: 'audit', ...said, ...link, hash: hashOf(link) }
}

/** SHA-256 over JSON with the fields of every object in order and absent ones left out, so that one content has one hash. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, content]) => content !== undefined)
  fields.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${canonical(content)}`).join(',')}}`
}
