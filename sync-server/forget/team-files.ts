import { databaseName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factRange } from '../../design-docs/ids.ts'
import { job as jobSchema } from '../../design-docs/jobs.ts'
import { paperJob } from '../../design-docs/papers.ts'
import { type BatchDoc, type BatchFile, batchId } from '../../design-docs/uploads.ts'
import { teamInPath } from '../../functions/rules/team-in-path.ts'
import type { Couch, Database, Stored } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import { itemsOf } from '../jobs/job-records.ts'
import { paperFolder } from '../papers/paper-folder.ts'
import type { OfTeam } from './team-records.ts'

/** Jobs whose merged files have a sheet of the team in them; papers may name anybody, drawn or still to be drawn. */
export async function bundlesWith(office: Database, { event, team }: OfTeam): Promise<Set<string>> {
  const rows = await office.all({ startkey: 'job:', endkey: 'job;', includeDocs: true })
  const jobs = rows.flatMap(({ doc }) => (doc?.event === event ? [jobSchema.parse(doc)] : []))
  const found = await Promise.all(
    jobs.map(async ({ _id, kind, files }) => {
      if (kind === paperJob) return [_id]
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
  const ofPhotos = await Promise.all(
    ['picture', 'film', 'quarantine'].map((folder) => storage.list(`${event}/${folder}/`)),
  )
  const ofJobs = [...bundles].flatMap((id) => {
    const job = id.slice('job:'.length)
    return [`${event}/scoreboard/all/${job}/`, paperFolder(event, job)]
  })
  const made = await Promise.all([`${event}/scoreboard/${team}/`, ...ofJobs].map((folder) => storage.list(folder)))
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
  const wanted = new Set(keys)
  const photos = new Set<string>()
  const originals: [photo: string, key: string][] = []
  const shared: string[] = []
  for await (const doc of documents(couch.database(databaseName(event, 'log')))) {
    if (doc.type === 'photo' && doc.team !== team && doc.redacted === undefined) {
      photos.add(doc._id)
      shared.push(originalKey(event, doc.sha256))
    }
    if (doc.type === 'original') originals.push([String(doc.photo), String(doc.storageKey)])
  }
  shared.push(...originals.flatMap(([photo, key]) => (photos.has(photo) ? [key] : [])))
  const own = new Set(uploads.map(({ _id }) => _id))
  const files = await docsIn(couch.database(databaseName(event, 'desk')), 'batch-file')
  shared.push(...files.flatMap(({ _id, storageKey }) => (own.has(_id) ? [] : [String(storageKey)])))
  return shared.filter((key) => wanted.has(key))
}

const pageRows = 1000

/** Every document, however many; what is looked for is so rarely asked for that no index is kept for it. */
async function* documents(database: Database) {
  for (let startkey = ''; ; ) {
    const rows = await database.all({ startkey, limit: pageRows, includeDocs: true })
    for (const { doc } of rows) if (doc) yield doc
    const last = rows.at(-1)
    if (!last || rows.length < pageRows) return
    startkey = `${last.id}\u0000`
  }
}
