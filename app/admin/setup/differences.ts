export type Difference = { field: string; mine: unknown; theirs: unknown }

/** Leaves in which two documents differ, by their path; revisions and attachments are no one's edit. */
export function differences(mine: object, theirs: object, path = ''): Difference[] {
  const own = mine as Record<string, unknown>
  const other = theirs as Record<string, unknown>
  const fields = [...new Set([...Object.keys(own), ...Object.keys(other)])].filter((field) => !field.startsWith('_'))
  return fields.flatMap((field): Difference[] => {
    const [a, b] = [byId(own[field]), byId(other[field])]
    const name = path + field
    if (isObject(a) && isObject(b)) return differences(a, b, `${name}.`)
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ field: name, mine: a, theirs: b }]
  })
}

/** Lists of things with an id, such as classes, are compared thing by thing; their order is no difference. */
function byId(value: unknown): unknown {
  const hasId = (one: unknown): one is { id: string } => isObject(one) && 'id' in one && typeof one.id === 'string'
  return Array.isArray(value) && value.length > 0 && value.every(hasId)
    ? Object.fromEntries(value.map((one) => [one.id, one]))
    : value
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
