/** The first of `q1`, `q2`… that is not taken: what was answered stays with the question it answers. */
export function nextId(prefix: string, taken: readonly { id: string }[]): string {
  let n = 1
  while (taken.some(({ id }) => id === `${prefix}${n}`)) n++
  return `${prefix}${n}`
}
