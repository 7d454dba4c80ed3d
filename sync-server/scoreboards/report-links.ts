import { createHash, createHmac } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import { type LinkRow, reportLink as linkSchema, type Report, type ReportLink } from '../../design-docs/scoreboards.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from '../login/office.ts'

type Doors = Pick<Installation, 'office' | 'keys' | 'now' | 'random'>
type Wanted = Pick<ReportLink, 'event' | 'to' | 'for' | 'by' | 'until'>

const dayMs = 24 * 3_600_000
/** How long the external system's link opens; a report made after that gets a new one. */
export const outsideLinkMs = 365 * dayMs
const callerLinkMs = 7 * dayMs

const linkIdOf = (token: string) => `report-link:${createHash('sha256').update(token).digest('hex')}`
const tokenForm = /^[\w-]{22}$/

/** Makes a link to a team's report, or to a file that came of a job; the token is told once and kept nowhere. */
export async function makeReportLink(it: Doors, wanted: Wanted): Promise<string> {
  const token = it.random(16).toString('base64url')
  await keepLink(it, token, wanted)
  return token
}

/** True unless it was there before. */
async function keepLink(
  { office, now }: Pick<Doors, 'office' | 'now'>,
  token: string,
  wanted: Wanted,
): Promise<boolean> {
  const doc: ReportLink = { _id: linkIdOf(token), type: 'report-link', at: now(), ...wanted }
  return (await office.put(linkSchema.parse(doc) as CouchDoc)) !== null
}

/** What a token opens now; null where it never did, does no more, or was revoked: from outside these are the same. */
export async function openReportLink({ office, now }: Doors, token: string): Promise<ReportLink | null> {
  const found = tokenForm.test(token) ? await readDoc(office, linkIdOf(token), linkSchema) : null
  return found && !found.revoked && found.until > now() ? found : null
}

/** 128 bits that only this installation can make of a nonce, so that a call that is made again names the same link. */
export const derivedToken = ({ keys }: Pick<Doors, 'keys'>, about: string): string =>
  createHmac('sha256', keys.hmac).update(`report-link:${about}`).digest().subarray(0, 16).toString('base64url')

export const outsideToken = (it: Pick<Doors, 'keys'>, nonce: string) => derivedToken(it, `external:${nonce}`)

/**
 * The link by which the external system opens a team's report: the standing one while it lasts, and for ever once it
 * was revoked, since a reprint must not open again what somebody has closed.
 */
export async function ensureOutsideLink(
  it: Doors,
  { event, team }: { event: string; team: string },
  standing: Report['outside'],
): Promise<NonNullable<Report['outside']>> {
  const link = standing && (await readDoc(it.office, linkIdOf(outsideToken(it, standing.nonce)), linkSchema))
  if (standing && link && (link.revoked || link.until > it.now())) return standing
  const nonce = it.random(16).toString('hex')
  const until = it.now() + outsideLinkMs
  const about = { event, to: { kind: 'report', team } as const, for: 'external' as const, by: 'server', until }
  await keepLink(it, outsideToken(it, nonce), about)
  return { nonce, until }
}

/** The same for whoever asks within the same day, so that a script that asks often leaves few; null once revoked. */
export async function callerLink(
  it: Doors,
  { event, to, by }: Pick<ReportLink, 'event' | 'to' | 'by'>,
): Promise<string | null> {
  const day = Math.floor(it.now() / dayMs)
  const token = derivedToken(it, `caller:${JSON.stringify([event, to, by, day])}`)
  await keepLink(it, token, { event, to, by, for: 'caller', until: day * dayMs + callerLinkMs })
  return (await openReportLink(it, token)) && token
}

/** The links to reports of an event, newest first; those for a single download are gone within minutes and left out. */
export async function linkRows({ office, now }: Pick<Doors, 'office' | 'now'>, event: string): Promise<LinkRow[]> {
  const links = (await readDocs(office, 'report-link', linkSchema)).filter((one) => one.event === event)
  return links
    .flatMap(({ _id, to, for: whom, by, at, until, revoked }): LinkRow[] => {
      if (to.kind !== 'report') return []
      const state = revoked ? 'revoked' : until <= now() ? 'expired' : 'open'
      return [{ id: _id.slice('report-link:'.length), team: to.team, for: whom, by, at, until, state }]
    })
    .sort((one, other) => other.at - one.at)
}

/** From now on it opens nothing. ZK-PLAN-004 when there is none of that id. */
export async function revokeReportLink(
  { office, now }: Pick<Doors, 'office' | 'now'>,
  { event, id, by }: { event: string; id: string; by: string },
): Promise<void> {
  let isThere = false
  await amendDoc(office, `report-link:${id}`, {
    schema: linkSchema,
    change(found) {
      isThere = found?.event === event
      return !isThere || !found || found.revoked ? null : { ...found, revoked: { by, at: now() } }
    },
  })
  if (!isThere) throw new AppError('ZK-PLAN-004', { figures: { link: id } })
  await writeAudit(office, now(), { by, event, action: 'report-link-revoked', about: id })
}
