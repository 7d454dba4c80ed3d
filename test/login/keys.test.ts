import { mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { bibKeys, loadKeys } from '../../sync-server/login/keys.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'zekken-keys-')), 'keys')
})

test('[LK1] the first start makes the keys, the next ones find them', async () => {
  const first = await loadKeys({ folder })
  const second = await loadKeys({ folder })
  expect(second.signing.kid).toBe(first.signing.kid)
  expect(second.bib.publicRaw).toBe(first.bib.publicRaw)
  expect(second.hmac.equals(first.hmac)).toBe(true)
})

test('[LK2] nobody but the owner reads them', async () => {
  await loadKeys({ folder })
  expect(((await stat(folder)).mode & 0o777).toString(8)).toBe('700')
  const files = await readdir(folder)
  expect(files.sort()).toEqual(['bib.pem', 'hmac.key', 'signing.pem'])
  for (const file of files) expect(((await stat(join(folder, file))).mode & 0o777).toString(8)).toBe('600')
})

test('[LK3] processes that start together agree on one set', async () => {
  const sets = await Promise.all(Array.from({ length: 8 }, () => loadKeys({ folder })))
  expect(new Set(sets.map(({ signing }) => signing.kid)).size).toBe(1)
  expect(new Set(sets.map(({ hmac }) => hmac.toString('hex'))).size).toBe(1)
  expect(await readdir(folder)).toHaveLength(3)
})

test('[LK4] the environment replaces a file, with `\\n` for the end of a line', async () => {
  const other = await loadKeys({ folder: `${folder}-other` })
  const pem = other.signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n')
  const keys = await loadKeys({ folder, env: { ZEKKEN_SIGNING_KEY: pem } })
  expect(keys.signing.kid).toBe(other.signing.kid)
  expect((await readdir(folder)).sort()).toEqual(['bib.pem', 'hmac.key'])
})

test('[LK5] a key of the wrong kind is named', async () => {
  const other = await loadKeys({ folder: `${folder}-other` })
  const bib = other.bib.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await expect(loadKeys({ folder, env: { ZEKKEN_SIGNING_KEY: bib } })).rejects.toThrow('not P-256')
  await expect(loadKeys({ folder, env: { ZEKKEN_HMAC_KEY: 'c2hvcnQ' } })).rejects.toThrow('shorter than 32 bytes')
})

test('[LK6] the key id of a bib fits into its QR', async () => {
  const keys = await loadKeys({ folder })
  expect(keys.bib.kid).toMatch(/^[0-9A-Z]{6}$/)
  expect(bibKeys(keys)).toEqual({ [keys.bib.kid]: keys.bib.publicRaw })
  expect(Buffer.from(keys.bib.publicRaw, 'base64url')).toHaveLength(32)
})
