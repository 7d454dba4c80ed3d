import { databaseName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factRange } from '../../design-docs/ids.ts'
import { job as jobSchema } from '../../design-docs/jobs.ts'
import { type BatchDoc, type BatchFile, batchId } from '../../design-docs/uploads.ts'
import { teamInPath } from '../../functions/rules/team-in-path.ts'
import type { Couch, Database, Stored } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import { itemsOf } from '../jobs/job-records.ts'
import type { OfTeam } from './team-records.ts'

/** Jobs whose merged files have a sheet of the team in them. */
export async function bundlesWith(office: Database, { event, team }: OfTeam): Promise<Set<string>> {
  const rows = await office.all({ startkey: 'job:', endkey: 'job;', includeDocs: true })
  const jobs = rows.flatMap(({ doc }) => (doc?.event === event ? [jobSchema.parse(doc)] : []))
  const found = await Promise.all(
    jobs.map(async ({ _id, files }) => {
      const items = files.length > 0 ? await itemsOf({ office }, _id.slice('job:'.length)) : []
      return items.some(({ key, state }) => key === team && state !== 'parked') ? [_id] : []
    }),
  )
  return new Set(found.flat())
}

/** Uploaded files that are the team's: by what became of them, what somebody chose, or what their names say. */
export async function uploadsOf(couch: Couch, { event, team }: OfTeam): Promise<Stored[]> {
  const desk = couch.database(databaseName(event, 'desk'))
  const files = await docsIn(desk, 'batch-file')
  if (files.length === 0) return []
  const batches = new Map((await docsIn(desk, 'batch')).map((doc) => [doc._id, doc as unknown as BatchDoc]))
  const numbers = (await desk.all({ startkey: 'team:', endkey: 'team;' })).map(({ id }) => id.slice('team:'.length))
  return files.filter((doc) => {
    const { taken, choice, paths, batch } = doc as unknown as BatchFile
    const named = paths.map((path) => teamInPath(path, [...numbers, team]).team).find((one) => one !== null)
    return (taken?.team ?? choice.team ?? named ?? batches.get(batchId(batch))?.team) === team
  })
}

const docsIn = async (desk: Database, type: string) =>
  (await desk.all({ startkey: `${type}:`, endkey: `${type};`, includeDocs: true })).flatMap(({ doc }) => doc ?? [])

type Pictures = OfTeam & { uploads: readonly Stored[]; bundles: ReadonlySet<string>; unreadable: readonly string[] }

/** Keys in storage of everything that shows or holds something of the team. What another team sent too is theirs. */
export async function filesOf(
  { couch, storage }: { couch: Couch; storage: Storage },
  { event, team, uploads, bundles, unreadable }: Pictures,
): Promise<string[]> {
  const named = new Set(await originalsOf(couch, { event, team }))
  for (const { storageKey } of uploads) if (typeof storageKey === 'string') named.add(storageKey)
  for (const key of await ofOthers(couch, { event, team }, [...named], uploads)) named.delete(key)
  for (const key of unreadable) named.add(key)
  const there = await Promise.all([...named].map(async (key) => ((await storage.has(key)) ? [key] : [])))
  const ofPhotos = await Promise.all(['picture', 'film'].map((folder) => storage.list(`${event}/${folder}/`)))
  const made = await Promise.all(
    [`${event}/scoreboard/${team}/`, ...[...bundles].map((id) => `${event}/scoreboard/all/${id.slice(4)}/`)].map(
      (folder) => storage.list(folder),
    ),
  )
  const isOfTeam = (key: string) => key.split('/')[2]?.startsWith(`${team}:`) ?? false
  return [...there.flat(), ...ofPhotos.flat().filter(isOfTeam), ...made.flat()].sort()
}

const originalKey = (event: string, sha256: unknown) => `${event}/original/${sha256}`

async function originalsOf(couch: Couch, { event, team }: OfTeam): Promise<string[]> {
  const rows = await couch.database(databaseName(event, 'log')).all({ ...factRange(team), includeDocs: true })
  const facts = rows.flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
  return facts.flatMap((fact) => {
    if (fact.type === 'photo') return [originalKey(event, fact.sha256)]
    return fact.type === 'original' ? [fact.storageKey] : []
  })
}

/** Those of the keys that a photo of another team, which nobody forgot, or a file of another upload leads to. */
async function ofOthers(
  couch: Couch,
  { event, team }: OfTeam,
  keys: readonly string[],
  uploads: readonly Stored[],
): Promise<string[]> {
  if (keys.length === 0) return []
  const log = couch.database(databaseName(event, 'log'))
  const hashes = keys.map((key) => key.slice(key.lastIndexOf('/') + 1))
  const photos = await log.find({ selector: { type: 'photo', sha256: { $in: hashes } }, limit: 100_000 })
  const theirs = photos.filter((photo) => photo.team !== team && photo.redacted === undefined)
  const ids = new Set(theirs.map(({ _id }) => _id))
  const originals = await log.find({ selector: { type: 'original', storageKey: { $in: keys } }, limit: 100_000 })
  const own = new Set(uploads.map(({ _id }) => _id))
  const selector = { type: 'batch-file', storageKey: { $in: keys } }
  const files = await couch.database(databaseName(event, 'desk')).find({ selector, limit: 100_000 })
  return [
    ...theirs.map(({ sha256 }) => originalKey(event, sha256)),
    ...originals.filter(({ photo }) => ids.has(String(photo))).map(({ storageKey }) => String(storageKey)),
    ...files.filter(({ _id }) => !own.has(_id)).map(({ storageKey }) => String(storageKey)),
  ]
}
