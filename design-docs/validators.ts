import { factRights } from './access.ts'
import { type DatabaseKind, databases, previewLimitBytes } from './databases.ts'

/**
 * The second wall: the source of a `validate_doc_update` for each database, made from the access table; null where
 * `_security` lets nobody in but the server, since each document written costs CouchDB a call of its JavaScript engine.
 * CouchDB runs it in its own JavaScript engine, so it is plain ES5 and closes over nothing.
 * https://docs.couchdb.org/en/stable/ddocs/ddocs.html#validate-document-update-functions
 */
export function validatorOf(event: string, kind: DatabaseKind): string | null {
  const { readers, writers } = databases[kind]
  if (writers.length === 0) return readers.length === 0 ? null : serverOnly
  return `function (doc, old, user) {
  if (user.roles.indexOf('_admin') >= 0) return;
  var rights = ${JSON.stringify(factRights)};
  var event = ${JSON.stringify(event)};
  function refuse(why) { throw({ forbidden: why }); }
  function has(role) { return user.roles.indexOf(role) >= 0; }
  if (doc._deleted || old) refuse('ZK-GATE-007');
  if (!doc._rev || doc._rev.indexOf('1-') !== 0) refuse('ZK-GATE-007');
  if (doc._revisions && (doc._revisions.start !== 1 || doc._revisions.ids.length !== 1)) refuse('ZK-GATE-007');
  if (!Object.prototype.hasOwnProperty.call(rights, doc.type)) refuse('ZK-FACT-001');
  if (doc.event !== event) refuse('ZK-FACT-003');
  if (doc._id.indexOf((doc.team || 'staff') + ':' + doc.type + ':') !== 0) refuse('ZK-FACT-001');
  if (!has('zk:device:' + doc.device)) refuse('ZK-GATE-004');
  if (!Object.prototype.hasOwnProperty.call(rights[doc.type], doc.as)) refuse('ZK-FACT-002');
  var writers = ${JSON.stringify(writers)};
  var writes = false;
  for (var i = 0; i < writers.length; i++) if (has('zk:' + event + ':' + writers[i])) writes = true;
  if (!writes) refuse('ZK-AUTH-002');
  for (var name in doc._attachments) {
    if (doc.type !== 'photo' || name !== 'preview') refuse('ZK-FACT-001');
    if (doc._attachments[name].length > ${previewLimitBytes}) refuse('ZK-GATE-003');
  }
}`
}

const serverOnly = `function (doc, old, user) {
  if (user.roles.indexOf('_admin') < 0) throw({ forbidden: 'ZK-AUTH-002' });
}`
