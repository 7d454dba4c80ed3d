import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import leveldown from 'leveldown'
import { type Level, type Records, recordsOf, settle } from './level.ts'
import { type Operation, put, startingWith } from './records.ts'
import { importRegistryFile } from './registry-file.ts'
import { configKind, configValueKey, databaseKind, databaseRecordKey, uuidKey } from './registry-keys.ts'
import { syncDirectory } from './sync-directory.ts'

export type Security = Record<string, unknown>
/** What the server knows of a database without opening it. `id` names its folder and tags its sequences. */
export type DatabaseRecord = { id: string; security: Security; revsLimit: number; purges: number }
type ConfigValue = { section: string; key: string; value: string }

/** CouchDB's default: nobody but server admins until somebody says otherwise. */
const closedToAll = (): Security => ({ members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } })

export type Registry = Awaited<ReturnType<typeof openRegistry>>

/**
 * The list of databases with their settings, in a LevelDB of its own, so that a change costs one sync of a few bytes
 * however long the list, and those that come together share it. Its file lock claims the folder for this process.
 * A database exists exactly when it is listed: it is listed before its folder is made and struck off before its folder
 * goes, so a crash in between leaves at most a folder that nobody lists, and those are removed here.
 */
export async function openRegistry(dir: string, durability: 'power' | 'process') {
  const folder = join(dir, 'databases')
  await mkdir(folder, { recursive: true })
  const level = leveldown(join(dir, 'registry')) as Level
  await claim(level, dir)
  const records = recordsOf(level)
  await importRegistryFile(dir, records)
  await syncDirectory(dir)
  const uuid = await identity(records)
  const databases = await list<DatabaseRecord>(records, databaseKind)
  const config = new Map<string, Map<string, string>>()
  for (const { section, key, value } of (await list<ConfigValue>(records, configKind)).values()) {
    config.set(section, (config.get(section) ?? new Map()).set(key, value))
  }
  await removeUnlisted(folder, new Set([...databases.values()].map((record) => record.id)))
  const save = (operation: Operation) => records.write([operation], { sync: durability === 'power' })
  const saveDatabase = (name: string) => save(put(databaseRecordKey(name), databases.get(name)))

  return {
    /** Names this installation: a restored or copied folder keeps it, a new one has another. */
    uuid,
    databases: databases as ReadonlyMap<string, DatabaseRecord>,
    config: config as ReadonlyMap<string, ReadonlyMap<string, string>>,
    pathOf: (record: DatabaseRecord) => join(folder, record.id),
    /** Writes a changed record; resolves when it is on disk. */
    saveDatabase,
    async add(name: string, openToAll: boolean): Promise<DatabaseRecord> {
      const id = randomUUID().replaceAll('-', '')
      const record = { id, security: openToAll ? {} : closedToAll(), revsLimit: 1000, purges: 0 }
      databases.set(name, record)
      await saveDatabase(name).catch((error: unknown) => {
        databases.delete(name)
        throw error
      })
      return record
    },
    async remove(name: string): Promise<void> {
      databases.delete(name)
      await save({ type: 'del', key: databaseRecordKey(name) })
    },
    /** Sets or, with `undefined`, forgets a value of the configuration. */
    async configure(section: string, key: string, value: string | undefined): Promise<void> {
      const keys = config.get(section) ?? new Map<string, string>()
      if (value === undefined) keys.delete(key)
      else config.set(section, keys.set(key, value))
      const at = configValueKey(section, key)
      await save(value === undefined ? { type: 'del', key: at } : put(at, { section, key, value }))
    },
    close: () => settle((done) => level.close(done)),
  }
}

async function claim(level: Level, dir: string): Promise<void> {
  try {
    await settle((done) => level.open({}, done))
  } catch (error) {
    throw new Error(`The data folder ${dir} is in use by another server.`, { cause: error })
  }
}

async function identity(records: Records): Promise<string> {
  const known = await records.json<string>(uuidKey)
  if (known !== undefined) return known
  const uuid = randomUUID().replaceAll('-', '')
  await records.write([put(uuidKey, uuid)], { sync: true })
  return uuid
}

async function list<T>(records: Records, kind: string): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  for await (const { key, value } of records.scan({ ...startingWith(kind), values: true })) {
    if (value) found.set(key.slice(kind.length), JSON.parse(value.toString('utf8')) as T)
  }
  return found
}

async function removeUnlisted(folder: string, listed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    const id = name.split('-mrview-')[0] ?? ''
    if (!listed.has(id)) await rm(join(folder, name), { recursive: true, force: true })
  }
}
