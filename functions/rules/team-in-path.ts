/** Which team a file's folders and name say it is of. */
export type TeamInPath = { team: string } | { team: null; why: 'none' | 'several' }

/** Cameras name their folders so: `100NIKON`, `101_PANA`. Its digits count folders, not teams. */
const cameraFolder = /^[1-9]\d{2}[A-Z0-9_]{5}$/

/**
 * Reads a team's number out of the path of a file: a folder that is it or begins with it (`101`, `101 O'Brien`,
 * `No.101`), the innermost first, or a name that begins with it (`101_IMG.jpg`). Width, case and zeros before it make
 * no difference. Folder and name that say different teams say none, since nobody can know which is wrong.
 */
export function teamInPath(path: string, teams: Iterable<string>): TeamInPath {
  const known = byNumber(teams)
  const segments = path.normalize('NFKC').toUpperCase().split(/[/\\]/)
  const stem = (segments.pop() ?? '').replace(/\.[^.]*$/, '')
  const folders = segments.reverse().map((folder) => (cameraFolder.test(folder) ? null : teamIn(folder, known)))
  const said = [folders.find((team) => team !== null) ?? null, teamIn(stem, known)].filter((team) => team !== null)
  const [first] = said
  if (first === undefined) return { team: null, why: 'none' }
  return said.every((team) => team === first) ? { team: first } : { team: null, why: 'several' }
}

function teamIn(text: string, known: ReadonlyMap<string, string>): string | null {
  const token = /^(?:NO\.?|#|TEAM|BIB|チーム|ゼッケン)?[\s_-]*([A-Z0-9]{1,16})(?![A-Z0-9])/.exec(text.trim())?.[1]
  return token === undefined ? null : (known.get(token) ?? known.get(bare(token)) ?? null)
}

const bare = (number: string) => number.replace(/^0+(?=.)/, '')

/** By number, and by number without zeros where only one team has that. */
function byNumber(teams: Iterable<string>): Map<string, string> {
  const known = new Map<string, string>()
  const all = [...teams]
  const bares = Map.groupBy(all, bare)
  for (const [number, of] of bares) if (of.length === 1 && of[0] !== undefined) known.set(number, of[0])
  for (const number of all) known.set(number, number)
  return known
}
