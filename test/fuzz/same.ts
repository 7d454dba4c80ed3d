/** Throws with both when they differ. */
export function same(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (a !== b) fail(`${what}: found ${a?.slice(0, 600)}, wanted ${b?.slice(0, 600)}`)
}

export function fail(what: string): never {
  throw new Error(what)
}
