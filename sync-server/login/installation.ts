import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Couch, Database } from '../couch/client.ts'
import { upgradeDatabases } from '../couch/upgrade-databases.ts'
import type { Scan } from '../images/admit-picture.ts'
import { ensureOffice } from '../setup/ensure-office.ts'
import { installTokenKey } from './install-token-key.ts'
import { type Keys, loadKeys } from './keys.ts'
import { ensureGeneration } from './office.ts'

/** What every door of the server needs: the database, the keys, the clock. */
export type Installation = {
  couch: Couch
  office: Database
  keys: Keys
  /** Read once at start: data is exchanged only while no server runs. */
  generation: string
  /** Names this process in facts that it writes. */
  server: string
  now(): number
  random(bytes: number): Buffer
  /** What looks for malware in bytes; null where none is configured. */
  scan: Scan | null
  /** A door met something it cannot put right; the request goes on without it. */
  warn(message: string, cause: unknown): void
}

export type InstallationOptions = {
  couch: Couch
  keysFolder: string
  env?: Record<string, string | undefined>
  now?: () => number
  random?: (bytes: number) => Buffer
  scan?: Scan | undefined
  warn?: (message: string, cause: unknown) => void
}

/**
 * Makes or finds office, keys and generation, brings the databases to this version, and tells them whose tokens to
 * believe. Safe to do again.
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { couch, keysFolder, env, now = Date.now, random = randomBytes, warn = console.warn } = options
  const scan = options.scan ?? null
  const keys = await loadKeys({ folder: keysFolder, ...(env ? { env } : {}) })
  const office = await ensureOffice(couch)
  const generation = await ensureGeneration(office, now())
  await upgradeDatabases(couch)
  await installTokenKey(couch, keys)
  return { couch, office, keys, generation, server: hostname().slice(0, 80), now, random, scan, warn }
}
