import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type CertificateTemplate, certificate } from '../../design-docs/exports.ts'
import type { Couch } from '../couch/client.ts'

const id = 'certificate'

const first: CertificateTemplate = {
  title: { ja: '賞状', en: 'Certificate' },
  text: {
    ja: '{team}\n{members} 殿\n\n{class}　{place}位\n{points}点（{time}）\n\n「{event}」において\n頭書の成績を収められましたので\nこれを賞します\n\n{date}',
    en: '{team}\n{members}\n\n{class}, place {place}\n{points} points in {time}\n\n{event}\n{date}',
  },
  signature: { ja: '', en: '' },
  _rev: null,
}

/** What certificates of an event say: the organizers' words, or ours where nobody has saved any. */
export async function readCertificate(couch: Couch, event: string): Promise<CertificateTemplate> {
  const found = await couch.database(databaseName(event, 'desk')).get(id)
  if (!found) return first
  const { title, text, signature, _rev = null } = certificate.parse(found)
  return { title, text, signature, _rev }
}

/** Saves them; ZK-PLAN-001 with the others in `figures.theirs` when someone saved meanwhile. */
export async function saveCertificate(
  couch: Couch,
  event: string,
  { _rev, ...words }: CertificateTemplate,
): Promise<CertificateTemplate> {
  const doc = { _id: id, type: id, event, ...words, ...(_rev === null ? {} : { _rev }) }
  if ((await couch.database(databaseName(event, 'desk')).put(doc)) === null)
    throw new AppError('ZK-PLAN-001', { figures: { theirs: await readCertificate(couch, event) } })
  return await readCertificate(couch, event)
}
