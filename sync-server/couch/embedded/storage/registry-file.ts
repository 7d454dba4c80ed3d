import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Records } from './level.ts'
import { put } from './records.ts'
import type { DatabaseRecord } from './registry.ts'
import { configValueKey, databaseRecordKey, uuidKey } from './registry-keys.ts'

type Content = {
  uuid: string
  config: Record<string, Record<string, string>>
  databases: Record<string, DatabaseRecord>
}

/** Takes over the one file in which folders of an older version list their databases. */
export async function importRegistryFile(dir: string, records: Records): Promise<void> {
  const file = join(dir, 'registry.json')
  const content = await load(file)
  if (!content) return
  const databases = Object.entries(content.databases).map(([name, record]) => put(databaseRecordKey(name), record))
  const config = Object.entries(content.config).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => put(configValueKey(section, key), { section, key, value })),
  )
  await records.write([put(uuidKey, content.uuid), ...databases, ...config], { sync: true })
  await rm(file)
}

async function load(file: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Content
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}
