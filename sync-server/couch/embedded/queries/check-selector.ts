import { Refusal } from '../routing/refusal.ts'

const operators = new Set(
  '$all $allMatch $and $beginsWith $elemMatch $eq $exists $gt $gte $in $keyMapMatch $lt $lte $mod $ne $nin $nor $not $or $regex $size $type'.split(
    ' ',
  ),
)

/** Refuses operators that CouchDB does not know; PouchDB notices them only when a document is there to match. */
export function checkSelector(selector: unknown): void {
  if (typeof selector !== 'object' || selector === null) return
  for (const [name, argument] of Object.entries(selector)) {
    if (name.startsWith('$') && !Array.isArray(selector) && !operators.has(name)) {
      throw new Refusal(400, 'invalid_operator', `Invalid operator: ${name}`)
    }
    checkSelector(argument)
  }
}
