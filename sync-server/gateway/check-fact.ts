import { mayAuthor } from '../../design-docs/access.ts'
import { previewLimitBytes } from '../../design-docs/databases.ts'
import type { BadField, ErrorCode } from '../../design-docs/errors.ts'
import { type Fact, type FactType, factSchemas } from '../../design-docs/facts.ts'
import { defaultMasks, factMenus, type MenuMasks, mayOpen } from '../../design-docs/menus.ts'
import type { Grant } from '../../design-docs/office.ts'
import { badFields } from './bad-fields.ts'

const factLimitCharacters = 65_536

/** Whom a pushed document is measured against. */
export type Pusher = {
  event: string
  device: string
  grants: readonly Grant[]
  /** The default ones when absent. */
  masks?: MenuMasks
}
/** A fact as it came: with its revision, and its preview inline. */
export type PushedFact = Fact & { _rev: string }
export type Checked =
  | { ok: true; fact: PushedFact }
  | { ok: false; id: string; rev: string | undefined; code: ErrorCode; figures?: Record<string, unknown> }

/** Whether a device may add this document to its event's log; the first reason against it when not. */
export function checkFact(doc: unknown, pusher: Pusher): Checked {
  const found = isRecord(doc) ? doc : {}
  const id = typeof found._id === 'string' ? found._id : ''
  const rev = typeof found._rev === 'string' ? found._rev : undefined
  const refuse = (code: ErrorCode, figures?: Record<string, unknown>): Checked =>
    figures ? { ok: false, id, rev, code, figures } : { ok: false, id, rev, code }

  if (!isFirstRevision(found) || 'redacted' in found) return refuse('ZK-GATE-007')
  const { _revisions, _attachments, ...bare } = found
  const characters = JSON.stringify(bare).length
  if (characters > factLimitCharacters) return refuse('ZK-GATE-003', { characters, factLimitCharacters })
  const type = found.type
  if (typeof type !== 'string' || !Object.hasOwn(factSchemas, type)) return refuse('ZK-FACT-001', { type })
  const withPreview = _attachments === undefined ? bare : { ...bare, _attachments }
  const parsed = factSchemas[type as FactType].safeParse(withPreview)
  if (!parsed.success) return refuse('ZK-FACT-001', { fields: badFields(parsed.error, withPreview) })
  const fact = parsed.data as PushedFact
  if (_attachments !== undefined) {
    const bytes = previewBytes(_attachments)
    if (bytes === null) return refuse('ZK-FACT-001', malformed('_attachments.preview'))
    if (bytes > previewLimitBytes) return refuse('ZK-GATE-003', { bytes, previewLimitBytes })
  }
  if (fact.event !== pusher.event) return refuse('ZK-FACT-003')
  if (!id.startsWith(`${fact.team ?? 'staff'}:${type}:`)) return refuse('ZK-FACT-001', malformed('_id'))
  if (fact.device !== pusher.device) return refuse('ZK-GATE-004')
  const grants = pusher.grants.filter(
    ({ account, as, event }) => account === fact.by && as === fact.as && event === fact.event,
  )
  if (grants.length === 0) return refuse('ZK-GATE-005')
  const teams = grants.flatMap((grant) => grant.teams)
  if (!mayAuthor(fact.as, fact.type, fact.team, teams)) return refuse('ZK-FACT-002')
  const menu = factMenus[fact.type]
  if (menu && !mayOpen((pusher.masks ?? defaultMasks)[fact.as], menu)) return refuse('ZK-FACT-002')
  return { ok: true, fact: found as PushedFact }
}

const malformed = (field: string): { fields: BadField[] } => ({ fields: [{ field, problem: 'format' }] })

/** An invented later revision would win over the first one without the validator ever seeing what it replaces. */
function isFirstRevision(doc: Record<string, unknown>): boolean {
  const hash = typeof doc._rev === 'string' ? /^1-([0-9a-f]{32})$/.exec(doc._rev)?.[1] : undefined
  if (hash === undefined || '_deleted' in doc) return false
  if (doc._revisions === undefined) return true
  const { start, ids } = isRecord(doc._revisions) ? doc._revisions : {}
  return start === 1 && Array.isArray(ids) && ids.length === 1 && ids[0] === hash
}

/**
 * How large the preview is; null when it is not one JPEG, whole and inline. A document that the database could not read
 * would fail a whole batch, so it is turned away here.
 */
function previewBytes(attachments: unknown): number | null {
  const preview = isRecord(attachments) ? attachments.preview : undefined
  if (!isRecord(preview) || typeof preview.data !== 'string') return null
  const known = ['content_type', 'data', 'digest', 'revpos', 'length']
  if (Object.keys(preview).some((field) => !known.includes(field))) return null
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(preview.data) || preview.data.length % 4 !== 0) return null
  const bytes = Buffer.from(preview.data, 'base64')
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? bytes.length : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
