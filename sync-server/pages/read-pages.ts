import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { pageId } from '../../design-docs/ids.ts'
import { type PageDoc, page as pageSchema } from '../../design-docs/pages.ts'
import type { Couch } from '../couch/client.ts'

export type OfPage = { event: string; page: string }
export const deskOf = (couch: Couch, event: string) => couch.database(databaseName(event, 'desk'))

/** All pages of an event in their order, the hidden and the removed ones too. */
export async function readPages(couch: Couch, event: string): Promise<PageDoc[]> {
  const rows = await deskOf(couch, event).all({ startkey: 'page:', endkey: 'page;', includeDocs: true })
  const pages = rows.flatMap(({ doc }) => (doc ? [pageSchema.parse(doc)] : []))
  return pages.sort((one, other) => one.order - other.order || (one._id < other._id ? -1 : 1))
}

export async function readPage(couch: Couch, { event, page }: OfPage): Promise<PageDoc | null> {
  const found = await deskOf(couch, event).get(pageId(page))
  return found ? pageSchema.parse(found) : null
}

/** The bytes of a page's picture, WebP; ZK-FILM-003 when it has none of that name. */
export async function readPicture(couch: Couch, of: OfPage & { picture: string }): Promise<Uint8Array> {
  const bytes = await deskOf(couch, of.event).attachment(pageId(of.page), of.picture)
  if (!bytes) throw new AppError('ZK-FILM-003')
  return bytes
}
