export const kinds = ['people', 'records', 'results', 'files', 'mails', 'devices', 'others'] as const
export type Kind = (typeof kinds)[number]

const people = /^(?:entrant|account|application|applicant|receipt) in the office$/
const devices = /^(?:device|session|contact|invitation|code|passkey|credential|passcode) in the office$/

/** What a count of the server is about, in the words of a person. */
function kindOf(name: string): Kind | null {
  if (name === 'databases') return null
  if (name === 'files' || name === 'mails') return name
  if (name === 'documents of log') return 'records'
  if (name.startsWith('documents of ')) return 'results'
  if (people.test(name)) return 'people'
  return devices.test(name) ? 'devices' : 'others'
}

/** Counts gathered by kind, in the order in which they are shown; empty kinds are left out. */
export function countsByKind(counts: Readonly<Record<string, number>>): [Kind, number][] {
  const sums = new Map<Kind, number>()
  for (const [name, count] of Object.entries(counts)) {
    const kind = kindOf(name)
    if (kind) sums.set(kind, (sums.get(kind) ?? 0) + count)
  }
  return kinds.flatMap((kind): [Kind, number][] => {
    const sum = sums.get(kind) ?? 0
    return sum > 0 ? [[kind, sum]] : []
  })
}
