import type { Stored } from '../couch/client.ts'
import { type OfficeChange, withoutContent } from './without-event.ts'

type Asked = { event: string; team: string; at: number; by: string; bundles: ReadonlySet<string> }
/** By what documents name a team beside its number. */
type Names = Asked & { drafts: ReadonlySet<unknown>; accounts: ReadonlySet<unknown>; devices: ReadonlySet<unknown> }

const nobody = '—'

/**
 * What becomes of the office when one team is forgotten: documents about it alone go, others lose what they say of it.
 * Its number stays taken, what its phones must hear stays to be told, and lines of the log keep their place in the chain.
 */
export function withoutTeam(docs: readonly Stored[], asked: Asked): OfficeChange[] {
  const names = namesOf(docs, asked)
  const changes = docs.flatMap((doc): OfficeChange[] => {
    const part = partOf(doc, names)
    if (part === null) return []
    if (part === 'all') return [{ doc }]
    return [{ doc, left: doc.type === 'audit' ? withoutContent(doc) : { ...doc, ...part } }]
  })
  const gone = new Set(changes.flatMap(({ doc, left }) => (left ? [] : [doc._id])))
  // The short way to an invitation names nothing else.
  const codes = docs.filter((doc) => doc.type === 'code' && gone.has(String(doc.invitation)))
  return [...changes, ...codes.map((doc) => ({ doc }))]
}

type Person = { event?: unknown; role?: unknown; as?: unknown; teams?: unknown }
const speaksFor = ({ event, role, as, teams }: Person, asked: Pick<Asked, 'event' | 'team'>) =>
  event === asked.event &&
  (role ?? as) === 'participant' &&
  Array.isArray(teams) &&
  teams.length > 0 &&
  teams.every((team) => team === asked.team)

function namesOf(docs: readonly Stored[], asked: Asked): Names {
  const { event, team } = asked
  const own = docs.filter((doc) => doc.event === event && doc.number === team)
  const drafts = own.filter(({ type }) => type === 'entrant' || type === 'receipt').map(({ draft }) => draft)
  const people = docs.filter(({ type }) => ['account', 'session', 'invitation'].includes(String(type)))
  const accounts = people.filter((doc) => speaksFor(doc as Person, asked)).map(({ account }) => account)
  const devices = docs.filter(({ type, grants }) => {
    const all = type === 'device' && Array.isArray(grants) ? (grants as Person[]) : []
    return all.length > 0 && all.every((grant) => speaksFor(grant, asked))
  })
  return {
    ...asked,
    drafts: new Set(drafts),
    accounts: new Set([...accounts, `team-${event}-${team.toLowerCase()}`]),
    devices: new Set(devices.map(({ device }) => device)),
  }
}

/** What of a document stands in another way; `all`: it goes; null: it stays as it is. */
function partOf(doc: Stored, names: Names): Record<string, unknown> | 'all' | null {
  const { event, team, drafts, accounts, devices } = names
  if (doc.type === 'post-log') return withoutLines(doc, names)
  if (doc.type === 'device') return devices.has(doc.device) && doc.name !== nobody ? { name: nobody } : null
  if (doc.event !== event) return null
  const isOfTeam = (id: unknown) => String(id).startsWith(`${team}:`)
  switch (doc.type) {
    case 'entrant':
    case 'passcode':
      return doc.number === team ? 'all' : null
    case 'outgoing':
    case 'sent':
      return drafts.has(doc.draft) ? 'all' : null
    case 'account':
    case 'invitation':
      return accounts.has(doc.account) && speaksFor(doc as Person, names) ? 'all' : null
    case 'session':
      if (!speaksFor(doc as Person, names) || isForgotten(doc, team)) return null
      return { name: team, ended: { at: names.at, why: 'forgotten' } }
    case 'credential':
      return doc._id === `credential:${event}:team:${team}` ? 'all' : null
    case 'told':
      return doc.team === team ? withoutName(doc, team) : null
    case 'refused':
      return isOfTeam(doc.factId) || String(doc.text).includes(`"team":"${team}"`) ? 'all' : null
    case 'quarantine':
      return isOfTeam(doc.factId) ? 'all' : null
    case 'quarantine-film':
      return isOfTeam(doc.photo) ? 'all' : null
    case 'unreadable':
      return isOfTeam(doc.about) || devices.has(doc.device) ? 'all' : null
    case 'case':
      return (doc.numbers as unknown[]).includes(team) || accounts.has(doc.account) || devices.has(doc.device)
        ? 'all'
        : null
    case 'parcel':
      return devices.has(doc.device) && doc.deviceName !== nobody ? { deviceName: nobody } : null
    case 'parked':
      return (doc.key === team || isOfTeam(doc.key)) && doc.error !== nobody ? { error: nobody } : null
    case 'job':
      return names.bundles.has(doc._id) && (doc.files as unknown[]).length > 0 ? { files: [] } : null
    case 'report-link':
      return withoutLink(doc, names)
    case 'audit':
      return isLineAbout(doc, names) ? {} : null
    default:
      return null
  }
}

const isForgotten = ({ ended, name }: Stored, team: string) =>
  name === team && (ended as { why?: unknown } | undefined)?.why === 'forgotten'

function withoutLines(doc: Stored, { event, drafts, accounts }: Names) {
  const lines = doc.lines as { event: unknown; requester: unknown }[]
  const rest = lines.filter((one) => one.event !== event || !(drafts.has(one.requester) || accounts.has(one.requester)))
  if (rest.length === lines.length) return null
  return rest.length === 0 ? 'all' : { lines: rest }
}

/** What the external system was told is not what it is to know now: the messenger tells it. */
function withoutName({ told, asked }: Stored, team: string) {
  const isNamed = (content: unknown) => content !== null && ![nobody, team].includes(String((content as Named).name))
  if (!isNamed(told) && !isNamed(asked)) return null
  const bare = (content: unknown) => (isNamed(content) ? { ...(content as Named), name: nobody } : content)
  return { told: bare(told), asked: bare(asked), error: null }
}
type Named = { name?: unknown }

function withoutLink({ to, revoked }: Stored, { team, bundles, at, by }: Names) {
  const aim = to as { kind: string; team?: string; job?: string }
  const isOpen = revoked === undefined && (aim.team === team || bundles.has(`job:${aim.job}`))
  return isOpen ? { revoked: { by, at } } : null
}

/** Our own lines name the number alone. */
const kept = ['team-forget-agreed', 'team-forgotten']

function isLineAbout(line: Stored, { team, drafts, accounts, devices }: Names): boolean {
  const { hash, action, about, by, details, was, is } = line
  if (hash === undefined || line.forgotten === true || kept.includes(String(action))) return false
  if (about === team || accounts.has(by)) return true
  if ([drafts, accounts, devices].some((known) => known.has(about))) return true
  const text = JSON.stringify([about, details, was, is])
  return text.includes(`"${team}:`) || text.includes(`"team":"${team}"`) || text.includes(`/teams/${team}/`)
}
