import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { notFound, Refusal } from '../routing/refusal.ts'
import { type Database, listedDatabase } from './database.ts'
import type { LevelOpener } from './level-opener.ts'
import type { Registry } from './registry.ts'
import type { StorePool } from './store-pool.ts'

export type UpdateType = 'created' | 'updated' | 'deleted'
export type DatabaseList = ReturnType<typeof databaseList>

const longestName = 238
/** CouchDB's set-up makes this one. `_users` and `_replicator` would promise what nothing here does. */
const systemNames = new Set(['_global_changes'])

/** All databases of the server, by name. */
export function databaseList(parts: {
  registry: Registry
  pool: StorePool
  opener: LevelOpener
  openToAll: boolean
  onUpdate: (name: string, type: UpdateType) => void
  onChange: (database: Database) => void
}) {
  const { registry, pool, opener, openToAll, onUpdate } = parts
  const databases = new Map<string, Database>()
  const creating = new Map<string, Promise<void>>()
  const list = (name: string, record: Database['record']) => {
    const path = registry.pathOf(record)
    const onChange = () => {
      onUpdate(name, 'updated')
      parts.onChange(database)
    }
    const database = listedDatabase({ name, record, path, pool, opener, onChange })
    databases.set(name, database)
  }
  for (const [name, record] of registry.databases) list(name, record)

  return {
    names: () => [...databases.keys()].sort(),
    all: () => [...databases.values()],
    get(name: string): Database {
      const database = databases.get(name)
      if (!database) throw notFound('Database does not exist.')
      return database
    },
    async create(name: string): Promise<void> {
      checkName(name)
      // Whoever is told that it exists may use it at once, so the answer waits until it does.
      await creating.get(name)?.catch(() => {})
      if (registry.databases.has(name)) {
        throw new Refusal(412, 'file_exists', 'The database could not be created, the file already exists.')
      }
      const created = registry.add(name, openToAll).then((record) => list(name, record))
      creating.set(name, created)
      await created.finally(() => creating.delete(name))
      onUpdate(name, 'created')
    },
    /** Nobody can ask for it once this begins; those inside finish, followers are sent away, then the files go. */
    async remove(name: string): Promise<void> {
      const database = this.get(name)
      databases.delete(name)
      await registry.remove(name)
      database.ended = true
      database.changed()
      await database.alone(removeFiles)
      onUpdate(name, 'deleted')
    },
  }
}

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9_$()+/-]*$/.test(name) && !systemNames.has(name)) {
    throw new Refusal(
      400,
      'illegal_database_name',
      `Name: '${name}'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.`,
    )
  }
  if (name.length > longestName) {
    throw new Refusal(400, 'database_name_too_long', `At least one path segment of \`${name}\` is too long.`)
  }
}

async function removeFiles(path: string): Promise<void> {
  const own = basename(path)
  const names = (await readdir(dirname(path))).filter((name) => name === own || name.startsWith(`${own}-mrview-`))
  for (const name of names) await rm(join(dirname(path), name), { recursive: true, force: true })
}
