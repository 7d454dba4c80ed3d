/** Throws with both when they differ; of lists with what only one of them has. */
export function same(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (a === b) return
  if (Array.isArray(found) && Array.isArray(wanted)) {
    const only = (one: unknown[], other: unknown[]) => {
      const known = new Set(other.flat().map((item) => JSON.stringify(item)))
      return one.flat().flatMap((item) => (known.has(JSON.stringify(item)) ? [] : [JSON.stringify(item)]))
    }
    fail(
      `${what}: found alone ${only(found, wanted).join().slice(0, 900)}, wanted alone ${only(wanted, found).join().slice(0, 900)}`,
    )
  }
  fail(`${what}: found ${a?.slice(0, 600)}, wanted ${b?.slice(0, 600)}`)
}

export function fail(what: string): never {
  throw new Error(what)
}
