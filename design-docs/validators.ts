import { factRights } from './access.ts'
import { type DatabaseKind, databases, previewLimitBytes } from './databases.ts'
import type { FactType } from './facts.ts'

/** What a fact goes on saying when what it says of people is taken out. */
const unmoved = [
  'type',
  'event',
  'team',
  'by',
  'as',
  'device',
  'at',
  'checkpoint',
  'checkin',
  'fact',
  'points',
  'status',
]

/**
 * The second wall: the source of a `validate_doc_update` for each database, made from the access table; null where
 * `_security` lets nobody in but the server, since each document written costs CouchDB a call of its JavaScript engine.
 * CouchDB runs it in its own JavaScript engine, so it is plain ES5 and closes over nothing. It has no loop but over
 * attachments and no function inside, so that the embedded server can see that it ends and need not guard it by a thread.
 * The server itself changes a fact in one way alone, once: into its redacted form.
 * https://docs.couchdb.org/en/stable/ddocs/ddocs.html#validate-document-update-functions
 */
export function validatorOf(event: string, kind: DatabaseKind): string | null {
  const { readers, writers } = databases[kind]
  if (writers.length === 0) return readers.length === 0 ? null : serverOnly
  const types = Object.keys(factRights)
  const pairs = types.flatMap((type) => Object.keys(factRights[type as FactType]).map((as) => `${type}/${as}`))
  const writes = writers.map((role) => `user.roles.indexOf(${JSON.stringify(`zk:${event}:${role}`)}) < 0`).join(' && ')
  return `function (doc, old, user) {
  if (user.roles.indexOf('_admin') >= 0) {
    if (!old || old._deleted || doc._deleted) return;
    if (!doc.redacted || old.redacted || doc.redacted.rev !== old._rev || doc._attachments) throw({ forbidden: 'ZK-GATE-007' });
${unmoved.map((field) => `    if (doc.${field} !== old.${field}) throw({ forbidden: 'ZK-GATE-007' });`).join('\n')}
    return;
  }
  if (doc.redacted) throw({ forbidden: 'ZK-GATE-007' });
  if (doc._deleted || old) throw({ forbidden: 'ZK-GATE-007' });
  if (!doc._rev || doc._rev.indexOf('1-') !== 0) throw({ forbidden: 'ZK-GATE-007' });
  if (doc._revisions && (doc._revisions.start !== 1 || doc._revisions.ids.length !== 1)) throw({ forbidden: 'ZK-GATE-007' });
  if (typeof doc.type !== 'string' || doc.type.indexOf(' ') >= 0) throw({ forbidden: 'ZK-FACT-001' });
  if (${wordsOf(types)}.indexOf(' ' + doc.type + ' ') < 0) throw({ forbidden: 'ZK-FACT-001' });
  if (doc.event !== ${JSON.stringify(event)}) throw({ forbidden: 'ZK-FACT-003' });
  if (doc._id.indexOf((doc.team || 'staff') + ':' + doc.type + ':') !== 0) throw({ forbidden: 'ZK-FACT-001' });
  if (doc.type === 'arrival' && doc.as === 'server' && doc.device === 'server' && user.roles.indexOf(${JSON.stringify(arrivalsRole(event))}) >= 0) return;
  if (user.roles.indexOf('zk:device:' + doc.device) < 0) throw({ forbidden: 'ZK-GATE-004' });
  if (typeof doc.as !== 'string' || doc.as.indexOf(' ') >= 0) throw({ forbidden: 'ZK-FACT-002' });
  if (${wordsOf(pairs)}.indexOf(' ' + doc.type + '/' + doc.as + ' ') < 0) throw({ forbidden: 'ZK-FACT-002' });
  if (${writes}) throw({ forbidden: 'ZK-AUTH-002' });
  for (var name in doc._attachments) {
    if (doc.type !== 'photo' || name !== 'preview') throw({ forbidden: 'ZK-FACT-001' });
    if (doc._attachments.preview.length > ${previewLimitBytes}) throw({ forbidden: 'ZK-GATE-003' });
  }
}`
}

/** Whose bearer may say when facts came in, beside what else it may; only the gateway ever holds such a token. */
export const arrivalsRole = (event: string) => `zk:${event}:arrivals`

/** A list that a search for ` word ` finds words in; none of them holds a space. */
const wordsOf = (words: readonly string[]) => JSON.stringify(` ${words.join(' ')} `)

const serverOnly = `function (doc, old, user) {
  if (user.roles.indexOf('_admin') < 0) throw({ forbidden: 'ZK-AUTH-002' });
}`
