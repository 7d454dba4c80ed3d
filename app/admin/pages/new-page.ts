import type { PageDoc, PageKind } from '../../../design-docs/pages.ts'

const titles = {
  schedule: { ja: '日程', en: 'Schedule' },
  map: { ja: '会場図', en: 'Venue map' },
  guide: { ja: '案内', en: 'Guide' },
} as const

/** A page that nobody has saved yet: hidden, and after all the others. */
export function newPage(kind: PageKind, { event, pages }: { event: string; pages: readonly PageDoc[] }): PageDoc {
  const taken = new Set(pages.map(({ _id }) => _id))
  let id = `page:${kind}`
  for (let n = 2; taken.has(id); n++) id = `page:${kind}-${n}`
  const order = Math.max(-1, ...pages.map((page) => page.order)) + 1
  const body = { ja: '', en: '' }
  const made = { _id: id, type: 'page', event, title: titles[kind], body, state: 'hidden', order } as const
  if (kind === 'schedule') return { ...made, kind, rows: [] }
  if (kind === 'map') return { ...made, kind, picture: null, spots: [] }
  return { ...made, kind }
}

/** An id that no part has yet. */
export function freeId(parts: readonly { id: string }[], prefix: string): string {
  for (let n = parts.length + 1; ; n++) if (!parts.some(({ id }) => id === `${prefix}-${n}`)) return `${prefix}-${n}`
}
