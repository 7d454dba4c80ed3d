type Json = null | boolean | number | string | Json[] | { [field: string]: Json }

/** What of two versions of a document differs, field by field and down into objects; lists are taken whole. */
export function changedFields(before: object | null, after: object): { was: Json; is: Json } {
  const was: Record<string, Json> = {}
  const is: Record<string, Json> = {}
  compare(before ?? {}, after, { path: '', was, is })
  return { was, is }
}

type Found = { path: string; was: Record<string, Json>; is: Record<string, Json> }

function compare(before: object, after: object, { path, was, is }: Found): void {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (field.startsWith('_')) continue
    const [one, other] = [old[field], now[field]]
    const name = `${path}${field}`
    if (isObject(one) && isObject(other)) compare(one, other, { path: `${name}.`, was, is })
    else if (JSON.stringify(one) !== JSON.stringify(other)) {
      was[name] = (one ?? null) as Json
      is[name] = (other ?? null) as Json
    }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
