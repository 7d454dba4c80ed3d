import { AppError, type BadField } from '../../design-docs/errors.ts'
import { pageId } from '../../design-docs/ids.ts'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { Couch } from '../couch/client.ts'
import { deskOf, type OfPage, readPage, readPages } from './read-pages.ts'

/**
 * Saves a page, a new one without `_rev`. ZK-PLAN-001 with the other version in `figures.theirs` when someone saved
 * meanwhile; ZK-PLAN-002 with each bad field. A picture is uploaded before it is named here, and stays.
 */
export async function savePage(couch: Couch, of: OfPage, wanted: PageDoc): Promise<PageDoc> {
  const current = await readPage(couch, of)
  if (wanted._rev !== current?._rev) throw new AppError('ZK-PLAN-001', { figures: { theirs: current } })
  refuseBadPage(of, wanted, current)
  const { _attachments, ...rest } = wanted
  const kept = { ...rest, ...(current?._attachments && { _attachments: current._attachments }) }
  const rev = await deskOf(couch, of.event).put(kept)
  if (rev === null) throw new AppError('ZK-PLAN-001', { figures: { theirs: await readPage(couch, of) } })
  return { ...kept, _rev: rev }
}

/** Puts all pages into this order; what is not named comes after. Someone else's change in between is not undone. */
export async function orderPages(couch: Couch, event: string, wanted: readonly string[]): Promise<PageDoc[]> {
  const rank = (page: PageDoc) => {
    const place = wanted.indexOf(page._id)
    return place < 0 ? wanted.length : place
  }
  for (let round = 0; round < 5; round++) {
    const sorted = (await readPages(couch, event)).sort((one, other) => rank(one) - rank(other))
    const moved = sorted.flatMap((page, order) => (page.order === order ? [] : [{ ...page, order }]))
    const rows = moved.length > 0 ? await deskOf(couch, event).bulk(moved) : []
    if (rows.every(({ error }) => !error)) return await readPages(couch, event)
  }
  throw new AppError('ZK-PLAN-001')
}

function refuseBadPage({ event, page }: OfPage, wanted: PageDoc, current: PageDoc | null): void {
  const fields: BadField[] = []
  if (wanted.event !== event || wanted._id !== pageId(page)) fields.push({ field: '_id', problem: 'another' })
  if (current && wanted.kind !== current.kind) fields.push({ field: 'kind', problem: 'fixed' })
  if (!wanted.title.ja.trim() && !wanted.title.en.trim()) fields.push({ field: 'title', problem: 'missing' })
  if (wanted.kind === 'schedule') {
    fields.push(...twice(wanted.rows, 'rows'))
    wanted.rows.forEach(({ from, to, title }, index) => {
      if (to !== undefined && to <= from) fields.push({ field: `rows.${index}.to`, problem: 'before-start' })
      if (!title.ja.trim() && !title.en.trim()) fields.push({ field: `rows.${index}.title`, problem: 'missing' })
    })
  }
  if (wanted.kind === 'map') {
    fields.push(...twice(wanted.spots, 'spots'))
    wanted.spots.forEach(({ name }, index) => {
      if (!name.ja.trim() && !name.en.trim()) fields.push({ field: `spots.${index}.name`, problem: 'missing' })
    })
    const { picture } = wanted
    if (picture && !current?._attachments?.[picture.name]) fields.push({ field: 'picture', problem: 'unknown' })
  }
  if (fields.length > 0) throw new AppError('ZK-PLAN-002', { figures: { fields } })
}

const twice = (parts: readonly { id: string }[], name: string): BadField[] =>
  parts.flatMap(({ id }, index) =>
    parts.findIndex((other) => other.id === id) < index
      ? [{ field: `${name}.${index}.id`, problem: 'twice' as const }]
      : [],
  )
