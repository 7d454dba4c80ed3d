import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from './durable-file.ts'
import { shareWork } from './share-work.ts'

export type Security = Record<string, unknown>
/** What the server knows of a database without opening it. `id` names its folder and tags its sequences. */
export type DatabaseRecord = { id: string; security: Security; revsLimit: number; purges: number }
type RegistryContent = {
  /** Names this installation: a restored or copied folder keeps it, a new one has another. */
  uuid: string
  config: Record<string, Record<string, string>>
  databases: Record<string, DatabaseRecord>
}

/** CouchDB's default: nobody but server admins until somebody says otherwise. */
const closedToAll = (): Security => ({ members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } })

export type Registry = Awaited<ReturnType<typeof openRegistry>>

/**
 * The list of databases with their settings, in one file. A database exists exactly when it is listed: it is listed
 * before its folder is made and struck off before its folder goes, so a crash in between leaves at most a folder
 * that nobody lists, and those are removed here.
 */
export async function openRegistry(dir: string) {
  const file = join(dir, 'registry.json')
  const folder = join(dir, 'databases')
  await mkdir(folder, { recursive: true })
  const content = await load(file)
  const databases = new Map(Object.entries(content.databases))
  const config = new Map(Object.entries(content.config).map(([name, keys]) => [name, new Map(Object.entries(keys))]))

  const save = shareWork(async () => {
    const sections = [...config].map(([name, keys]) => [name, Object.fromEntries(keys)] as const)
    await writeDurably(
      file,
      JSON.stringify({
        uuid: content.uuid,
        config: Object.fromEntries(sections),
        databases: Object.fromEntries(databases),
      }),
    )
  })
  await save()
  await removeUnlisted(folder, new Set([...databases.values()].map((record) => record.id)))

  return {
    uuid: content.uuid,
    databases: databases as ReadonlyMap<string, DatabaseRecord>,
    config,
    /** Writes changed records and configuration; resolves when they are on disk. */
    save,
    pathOf: (record: DatabaseRecord) => join(folder, record.id),
    async add(name: string, openToAll: boolean): Promise<DatabaseRecord> {
      const id = randomUUID().replaceAll('-', '')
      const record = { id, security: openToAll ? {} : closedToAll(), revsLimit: 1000, purges: 0 }
      databases.set(name, record)
      await save().catch((error: unknown) => {
        databases.delete(name)
        throw error
      })
      return record
    },
    async remove(name: string): Promise<void> {
      databases.delete(name)
      await save()
    },
  }
}

async function load(file: string): Promise<RegistryContent> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RegistryContent
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { uuid: randomUUID().replaceAll('-', ''), config: {}, databases: {} }
  }
}

async function removeUnlisted(folder: string, listed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    const id = name.split('-mrview-')[0] ?? ''
    if (!listed.has(id)) await rm(join(folder, name), { recursive: true, force: true })
  }
}
