import type { StoryLine } from '../../design-docs/console.ts'
import type { Fact } from '../../design-docs/facts.ts'

/** What every fact carries, or what never leaves the server. */
const unsaid = new Set([
  '_id',
  '_rev',
  '_attachments',
  '_conflicts',
  'type',
  'event',
  'team',
  'by',
  'as',
  'device',
  'at',
  'deviceAt',
  'offsetMs',
  'measuredAt',
  'bootId',
  'monotonicMs',
  'pieces',
  'pieceBytes',
  'storageKey',
  'sha256',
])

/** Facts as lines of a story, oldest first; those whose id is among `voided` were taken back. */
export function storyOf(facts: readonly Fact[], voided: ReadonlySet<string>): StoryLine[] {
  return facts
    .map((fact) => ({
      fact: fact._id,
      type: fact.type,
      at: fact.at,
      by: fact.by,
      as: fact.as,
      device: fact.device,
      takenBack: voided.has(fact._id),
      says: Object.fromEntries(Object.entries(fact).filter(([field]) => !unsaid.has(field))),
    }))
    .sort((a, b) => a.at - b.at || (a.fact < b.fact ? -1 : 1))
}
