import type { z } from 'zod'
import { headquarters } from '../../design-docs/access.ts'
import type { AuditEntry } from '../../design-docs/audit.ts'
import { type Fact, type FactType, factSchemas } from '../../design-docs/facts.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Database } from '../couch/client.ts'
import { addLine } from './add-line.ts'
import { hashOf } from './link-line.ts'

/** What counts for a result, names somebody or tells everybody; talk, photographs and scans that led to nothing do not. */
const isAct: Record<FactType, boolean> = {
  checkin: true,
  reception: true,
  bind: true,
  retire: true,
  back: true,
  correction: true,
  void: true,
  review: true,
  adjustment: true,
  ruling: true,
  timing: true,
  notice: true,
  photo: false,
  scan: false,
  help: false,
  chat: false,
  read: false,
  handling: false,
  answer: false,
  ask: false,
  collected: false,
  original: false,
  arrival: false,
  entry: false,
}
const isOrganizer = (role: Role) => headquarters.some((one) => one === role)

/** Fields that every fact has: who, where and when, which the line says in its own or the fact keeps. */
const stamp: ReadonlySet<string> = new Set(Object.keys(factSchemas.back.shape).filter((field) => field !== 'note'))

/** Facts whose line this process has written or is writing; so many at most. */
const mostKnown = 50_000
const writtenBy = new WeakMap<Database, Map<string, Promise<void>>>()

/**
 * Lines of what organizers recorded on phones, as `decided` is that of what they did in the console: each names its fact
 * and the hash of it. To be awaited before the facts are written, so that no crash leaves one without its line. What is
 * sent again because the facts could not be written has its line already, unless the server was started anew.
 */
export async function auditRecorded(office: Database, nowMs: number, facts: readonly Fact[]): Promise<void> {
  const written = writtenBy.get(office) ?? new Map<string, Promise<void>>()
  writtenBy.set(office, written)
  if (written.size > mostKnown) written.clear()
  const acts = facts.filter(({ type, as }) => isAct[type] && isOrganizer(as))
  await Promise.all(
    acts.map((fact) => {
      // The same id with other content is another claim, and has a line of its own.
      const key = `${fact._id} ${fact._rev}`
      const known = written.get(key)
      if (known) return known
      const line = addLine(office, nowMs, lineOf(fact))
      written.set(key, line)
      // One that failed is tried again with the next delivery.
      line.catch(() => written.delete(key))
      return line
    }),
  )
}

function lineOf(fact: Fact): AuditEntry {
  const { _rev, _revisions, ...content } = fact as Fact & { _revisions?: unknown }
  return {
    by: fact.by,
    event: fact.event,
    action: 'recorded',
    about: fact._id,
    details: { kind: fact.type, as: fact.as, device: fact.device, at: fact.at, sha256: hashOf(content) },
    ...saidBy(content),
  }
}

function saidBy(fact: Fact): Pick<AuditEntry, 'was' | 'is'> {
  // As the console's own corrections are told.
  if (fact.type === 'correction')
    return { was: { [fact.field]: JSON.stringify(fact.was) }, is: { [fact.field]: JSON.stringify(fact.is) } }
  if (fact.type === 'notice') return { is: { title: fact.title } }
  const own = Object.entries(fact).filter(([field]) => !stamp.has(field))
  return own.length === 0 ? {} : { is: Object.fromEntries(own) as Record<string, z.core.util.JSONType> }
}
