import type { CouchDoc, Stored } from '../couch/client.ts'

/** A document of the office as it is, and what is to stand in its place; nothing when it goes. */
export type OfficeChange = { doc: Stored; left?: CouchDoc }

/** Of the installation, though they name the event whose admin made them. */
const kept = ['generation', 'station', 'ledger', 'post-settings', 'set-up', 'forgotten']
const namesEvent =
  /^(?:event|position|wake|parked|redrive:parked|receipt|freed|told|tell-again|case):([a-z][a-z0-9]*)(?::|$)/

/** What becomes of the office when an event is forgotten: the documents that go, and those that lose a part. */
export function withoutEvent(docs: readonly Stored[], event: string): OfficeChange[] {
  const changes = docs.flatMap((doc) => changeOf(doc, event) ?? [])
  const gone = new Set(changes.flatMap(({ doc, left }) => (left ? [] : [doc._id])))
  // The short way to an invitation names nothing else.
  const codes = docs.filter((doc) => doc.type === 'code' && gone.has(String(doc.invitation)))
  return [...changes, ...codes.map((doc) => ({ doc }))]
}

function changeOf(doc: Stored, event: string): OfficeChange | null {
  const type = String(doc.type)
  if (kept.includes(type)) return null
  const left = partOf(doc, event)
  if (left === 'all') return { doc }
  if (left !== null) return { doc, left }
  return null
}

/** `all`: it is about this event alone. Shared ones keep the rest; null: nothing in it is of the event. */
function partOf(doc: Stored, event: string): CouchDoc | 'all' | null {
  if (doc.type === 'device' || doc.type === 'applicant') return withoutEntries(doc, 'grants', event)
  if (doc.type === 'post-log') return withoutEntries(doc, 'lines', event)
  if (doc.type === 'audit' && doc.event === event && doc.hash !== undefined) return withoutContent(doc)
  if (doc.event === event) return 'all'
  return namesEvent.exec(doc._id)?.[1] === event ? 'all' : null
}

/** The document without those of its entries that are of the event. One that was about nothing else goes. */
function withoutEntries(doc: Stored, field: string, event: string): CouchDoc | 'all' | null {
  const entries = (doc[field] ?? []) as { event?: unknown }[]
  const rest = entries.filter((one) => one.event !== event)
  if (rest.length === entries.length) return doc.event === event ? 'all' : null
  if (rest.length === 0) return 'all'
  const other = doc.event === event ? { event: rest.at(-1)?.event } : {}
  return { ...doc, ...other, [field]: rest }
}

/** The line's place in the chain, so that the lines before and after still prove each other. */
export const withoutContent = ({ _id, _rev, type, seq, before, says, hash }: Stored): CouchDoc => ({
  ...{ _id, _rev, type, seq, before, says, hash },
  forgotten: true,
})
