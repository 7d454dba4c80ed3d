/** Which of these numbers are meant by `1-20, 35 A7`, and what of it means none. Empty means all. */
export function readNumbers(text: string, known: readonly string[]): { numbers: string[]; unknown: string[] } {
  const parts = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s*[-\u2010-\u2015\u2212\u301c~\u30fc]\s*/g, '-')
    .split(/[\s,、;]+/)
    .filter(Boolean)
  if (parts.length === 0) return { numbers: [...known], unknown: [] }
  const meant = new Set<string>()
  const unknown: string[] = []
  for (const part of parts) {
    const [, from, to] = /^(\d{1,12})-(\d{1,12})$/.exec(part) ?? []
    const found = known.filter((number) =>
      from === undefined || to === undefined
        ? number === part
        : /^\d+$/.test(number) && Number(number) >= Number(from) && Number(number) <= Number(to),
    )
    for (const number of found) meant.add(number)
    if (found.length === 0) unknown.push(part)
  }
  return { numbers: known.filter((number) => meant.has(number)), unknown }
}
