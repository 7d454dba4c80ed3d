import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type ImageLinkRow, type Link, linkMs, link as linkSchema } from '../../design-docs/links.ts'
import type { CouchDoc } from '../couch/client.ts'
import { gatheredWrite } from '../couch/gathered.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from '../login/office.ts'

type Doors = Pick<Installation, 'office' | 'now' | 'random'>
type Office = Pick<Installation, 'office' | 'now'>

const tokenForm = /^[\w-]{22}$/
/** So long after its end a link is still told apart from one that never was. */
const keptMs = 60 * 60_000

export const linkIdOf = (token: string) => `link:${createHash('sha256').update(token).digest('hex')}`

/** Makes a link of 128 random bits for this caller's session; the token is told once and kept nowhere. */
export async function makeImageLink(
  { office, now, random }: Doors,
  caller: Caller,
  wanted: Pick<Link, 'photo' | 'team' | 'variant' | 'for'>,
): Promise<{ token: string; until: number }> {
  const token = random(16).toString('base64url')
  const { event, account: by, session, device } = caller
  const until = now() + linkMs
  const doc: Link = { _id: linkIdOf(token), type: 'link', event, ...wanted, by, session, device, at: now(), until }
  await gatheredWrite(office)(linkSchema.parse(doc) as CouchDoc)
  return { token, until }
}

export type Closed = { is: 'unknown' } | { is: 'expired' | 'foreign' | 'revoked' | 'reused'; link: Link }
export type Found = { is: 'open'; link: Link } | Closed

/** What a token is now, for someone who shows these sessions; `reused` says that it was opened before. */
export async function findLink(
  { office, now }: Office,
  token: string,
  isOwn: (link: Link) => Promise<boolean>,
): Promise<Found> {
  const link = tokenForm.test(token) ? await readDoc(office, linkIdOf(token), linkSchema) : null
  if (!link) return { is: 'unknown' }
  if (!(await isOwn(link))) return { is: 'foreign', link }
  if (link.revoked) return { is: 'revoked', link }
  if (link.until <= now()) return { is: 'expired', link }
  return { is: link.used === undefined ? 'open' : 'reused', link }
}

/**
 * Uses a link up: true for one caller alone, however many try at once, since the database takes one change of a
 * revision.
 */
export async function useUp({ office, now }: Office, link: Link): Promise<boolean> {
  return (await gatheredWrite(office)({ ...link, used: now() } as CouchDoc)) !== null
}

/** Gives a link back whose picture could not be opened for a reason that is ours. */
export async function giveBack({ office }: Pick<Office, 'office'>, { _id }: Link): Promise<void> {
  await amendDoc(office, _id, {
    schema: linkSchema,
    change(found) {
      if (!found) return null
      const { used: _, ...rest } = found
      return rest
    },
  })
}

/** Links of an event that would open now, newest first. */
export async function openLinks({ office, now }: Office, event: string): Promise<ImageLinkRow[]> {
  const links = (await readDocs(office, 'link', linkSchema)).filter((one) => one.event === event)
  return links
    .filter(({ used, revoked, until }) => used === undefined && !revoked && until > now())
    .map(({ _id, photo, team, variant, by, at, until }) => ({
      ...{ id: _id.slice('link:'.length), photo, team, variant, by, at, until },
    }))
    .sort((one, other) => other.at - one.at)
}

/** From now on it opens nothing. ZK-PLAN-004 when there is none of that id. */
export async function revokeImageLink(
  { office, now }: Office,
  { event, id, by }: { event: string; id: string; by: string },
): Promise<void> {
  let isThere = false
  await amendDoc(office, `link:${id}`, {
    schema: linkSchema,
    change(found) {
      isThere = found?.event === event
      return !isThere || !found || found.revoked ? null : { ...found, revoked: { by, at: now() } }
    },
  })
  if (!isThere) throw new AppError('ZK-PLAN-004', { figures: { link: id } })
  await writeAudit(office, now(), { by, event, action: 'image-link-revoked', about: id })
}

/** Removes links that ended an hour ago; until then the log can say what became of one. Answers how many went. */
export async function tidyLinks({ office, now }: Office): Promise<number> {
  const over = (await readDocs(office, 'link', linkSchema)).filter(({ until }) => until + keptMs <= now())
  const rows = await office.bulk(over.map(({ _id, _rev }): CouchDoc => ({ _id, _rev, _deleted: true })))
  return rows.filter(({ error }) => error === undefined).length
}

/** What a browser shows beside a link so that it opens: only this installation can make it of a session. */
export const sessionProof = ({ keys }: Pick<Installation, 'keys'>, session: string): string =>
  createHmac('sha256', keys.hmac).update(`link-session:${session}`).digest('base64url')

export function isProof(it: Pick<Installation, 'keys'>, session: string, shown: string): boolean {
  const [wanted, given] = [Buffer.from(sessionProof(it, session)), Buffer.from(shown)]
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

/** The mark of one opening: who has it was given the first bytes, and may fetch the rest of a transfer that broke. */
export const openingMark = ({ keys }: Pick<Installation, 'keys'>, { _id }: Link, picture: string): string =>
  `"${createHmac('sha256', keys.hmac).update(`link-opening:${_id}:${picture}`).digest('base64url').slice(0, 27)}"`
