import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bibKeyId, type Keys, privateKeysIn, retiredBibKeys, retiredFile } from './keys.ts'
import { replaceSecret } from './replace-secret.ts'

/**
 * Gives bibs a new key. The old one stays listed, so that bibs already printed keep their worth, and is kept behind the new
 * one, so that they still open their team's card; a crash in the middle leaves the old key in use. The keys' PEM is answered
 * where it has to go into the environment.
 */
export async function rotateBibKey(
  folder: string,
  keys: Pick<Keys, 'bib' | 'formerBibs'>,
  options: { fromEnvironment: boolean },
): Promise<{ retired: string; pem: string | null }> {
  const { kid, publicRaw } = keys.bib
  const retired = await retiredBibKeys(folder)
  await replaceSecret(folder, retiredFile, JSON.stringify({ ...retired, [kid]: publicRaw }))
  const next = generateKeyPairSync('ed25519').privateKey
  const pem = [next, keys.bib.privateKey, ...keys.formerBibs.map(({ privateKey }) => privateKey)].map(pemOf).join('')
  if (options.fromEnvironment) return { retired: kid, pem }
  await replaceSecret(folder, 'bib.pem', pem)
  return { retired: kid, pem: null }
}

/** Bibs of this old key count for nothing any more: it has come into strange hands. False when it is none of the old ones. */
export async function forgetBibKey(folder: string, kid: string): Promise<boolean> {
  const { [kid]: gone, ...others } = await retiredBibKeys(folder)
  if (gone === undefined) return false
  await replaceSecret(folder, retiredFile, JSON.stringify(others))
  const kept = await readFile(join(folder, 'bib.pem'), 'utf8').catch(() => null)
  const left = kept === null ? [] : privateKeysIn(kept).filter((key, n) => n === 0 || bibKeyId(key) !== kid)
  if (left.length > 0) await replaceSecret(folder, 'bib.pem', left.map(pemOf).join(''))
  return true
}

const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
