import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { z } from 'zod'

type PublicKey = { kid: string; publicKey: KeyObject; jwk: JWK; publicPem: string }
export type Keys = {
  /** Signs access tokens and removal orders (ES256). */
  signing: PublicKey & { privateKey: KeyObject }
  /** Public halves of those that did before: their tokens are good until they run out, or the key is forgotten. */
  formerSignings: PublicKey[]
  /** Signs bibs (Ed25519); the key id is part of the QR, hence upper-case alphanumeric. */
  bib: { kid: string; privateKey: KeyObject; publicRaw: string }
  /** Those that signed bibs before and are still listed: bibs in use are made again with them, to seal cards for them. */
  formerBibs: { kid: string; privateKey: KeyObject }[]
  /** Public halves of the keys that signed bibs before, by key id, base64url. */
  retiredBibs: Record<string, string>
  /** Hides short codes in the database. */
  hmac: Buffer
}

type KeySource = {
  folder: string
  /** `ZEKKEN_SIGNING_KEY` and `ZEKKEN_BIB_KEY` (PKCS#8 PEM, each followed by the ones before it, of the first the public halves), `ZEKKEN_HMAC_KEY` (base64url); each replaces its file. */
  env?: Record<string, string | undefined>
}

/** The installation's keys: from the environment, else from 0600 files that the first start makes. */
export async function loadKeys({ folder, env = {} }: KeySource): Promise<Keys> {
  const pem = (value: string) => value.replaceAll('\\n', '\n')
  const secret = (variable: string, file: string, make: () => string) =>
    env[variable] === undefined ? secretFile(folder, file, make) : Promise.resolve(pem(env[variable]))
  const [signs = '', ...signed] = blocksOf(await secret('ZEKKEN_SIGNING_KEY', 'signing.pem', newSigningKey))
  const signing = createPrivateKey(signs)
  const [bib, ...former] = privateKeysIn(await secret('ZEKKEN_BIB_KEY', 'bib.pem', newBibKey))
  const hmac = Buffer.from(await secret('ZEKKEN_HMAC_KEY', 'hmac.key', newHmacKey), 'base64url')
  if (signing.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the signing key is not P-256')
  if (!bib || [bib, ...former].some((key) => key.asymmetricKeyType !== 'ed25519'))
    throw new Error('the bib key is not Ed25519')
  if (hmac.length < 32) throw new Error('the HMAC key is shorter than 32 bytes')
  const publicRaw = rawPublic(bib)
  const retiredBibs = await retiredBibKeys(folder)
  const formerBibs = former.map((privateKey) => ({ kid: bibKeyId(privateKey), privateKey }))
  return {
    signing: { ...publicKeyOf(signs), privateKey: signing },
    formerSignings: signed.map(publicKeyOf),
    bib: { kid: bibKeyId(bib), privateKey: bib, publicRaw },
    formerBibs: formerBibs.filter(({ kid }) => Object.hasOwn(retiredBibs, kid)),
    retiredBibs,
    hmac,
  }
}

/** Public keys of bibs by key id, base64url, as the `keys` document on `board` holds them. */
export const bibKeys = ({ bib, retiredBibs }: Pick<Keys, 'bib' | 'retiredBibs'>): Record<string, string> => ({
  ...retiredBibs,
  [bib.kid]: bib.publicRaw,
})

/** The file of the keys that signed bibs before. */
export const retiredFile = 'bib-retired.json'
const retired = z.record(z.string().regex(/^[0-9A-Z]{1,12}$/), z.string().regex(/^[\w-]{43}$/))

export async function retiredBibKeys(folder: string): Promise<Record<string, string>> {
  const text = await readSecret(join(folder, retiredFile))
  return text === null ? {} : retired.parse(JSON.parse(text))
}

/** Of a private or a public key. */
function publicKeyOf(pem: string): PublicKey {
  const publicKey = createPublicKey(pem)
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const kid = fingerprint(publicPem, 16).toLowerCase()
  return { kid, publicKey, publicPem, jwk: { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid } }
}

const blocksOf = (pem: string): string[] => pem.match(/-----BEGIN [\s\S]*?-----END [^-]+-----/g) ?? [pem]
/** The key that signs bibs now, then those before it: PEM blocks one after the other. */
export const privateKeysIn = (pem: string): KeyObject[] => blocksOf(pem).map((block) => createPrivateKey(block))
const rawPublic = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' }).x ?? ''
export const bibKeyId = (key: KeyObject) => fingerprint(rawPublic(key), 6)

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
const newSigningKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8).toString()
const newBibKey = () => generateKeyPairSync('ed25519').privateKey.export(pkcs8).toString()
const newHmacKey = () => randomBytes(32).toString('base64url')
const fingerprint = (text: string, length: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, length).toUpperCase()

/** What the file holds; made when absent, durably and at one blow, so that two processes starting together agree. */
async function secretFile(folder: string, name: string, make: () => string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const path = join(folder, name)
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  if ((await readSecret(path)) === null) {
    const file = await open(beside, 'wx', 0o600)
    await file.writeFile(make())
    await file.sync()
    await file.close()
    // Linking fails when the name is taken, which a rename would not.
    await link(beside, path).catch((error: { code?: string }) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(beside)
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  }
  await chmod(path, 0o600)
  return (await readSecret(path)) ?? ''
}

async function readSecret(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
