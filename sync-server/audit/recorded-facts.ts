import type { z } from 'zod'
import type { AuditEntry } from '../../design-docs/audit.ts'
import { type Fact, type FactType, factSchemas } from '../../design-docs/facts.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { hashOf } from './link-line.ts'

const organizers: ReadonlySet<Role> = new Set(['core', 'judge', 'admin'])

/** What counts for a result, names somebody or tells everybody; talk, photographs and scans that led to nothing do not. */
const acts: ReadonlySet<FactType> = new Set([
  'checkin',
  'reception',
  'bind',
  'retire',
  'back',
  'correction',
  'void',
  'review',
  'adjustment',
  'ruling',
  'timing',
  'notice',
])

/** Fields that every fact has: who, where and when, which the line says in its own or the fact keeps. */
const stamp: ReadonlySet<string> = new Set(Object.keys(factSchemas.back.shape).filter((field) => field !== 'note'))

/**
 * The lines of what organizers recorded on phones, as `decided` is that of what they did in the console: each names its
 * fact and the hash of it. To be written before the facts are, so that no crash leaves one without its line; what then
 * had to be sent again has two.
 */
export function linesOfRecorded(facts: readonly Fact[]): AuditEntry[] {
  return facts
    .filter(({ type, as }) => acts.has(type) && organizers.has(as))
    .map((fact) => {
      const { _rev, _revisions, ...content } = fact as Fact & { _revisions?: unknown }
      return {
        by: fact.by,
        event: fact.event,
        action: 'recorded',
        about: fact._id,
        details: { kind: fact.type, as: fact.as, device: fact.device, at: fact.at, sha256: hashOf(content) },
        ...saidBy(content),
      }
    })
}

function saidBy(fact: Fact): Pick<AuditEntry, 'was' | 'is'> {
  // As the console's own corrections are told.
  if (fact.type === 'correction')
    return { was: { [fact.field]: JSON.stringify(fact.was) }, is: { [fact.field]: JSON.stringify(fact.is) } }
  if (fact.type === 'notice') return { is: { title: fact.title } }
  const own = Object.entries(fact).filter(([field]) => !stamp.has(field))
  return own.length === 0 ? {} : { is: Object.fromEntries(own) as Record<string, z.core.util.JSONType> }
}
