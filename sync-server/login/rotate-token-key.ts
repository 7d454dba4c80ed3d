import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Keys } from './keys.ts'
import { replaceSecret } from './replace-secret.ts'

type Of = Pick<Keys, 'signing' | 'formerSignings'>
type Where = { folder: string; fromEnvironment: boolean }

/**
 * Gives access tokens a new key. The public half of the old one is kept behind it, so that nobody who is signed in notices
 * and tokens for programs live on. The PEM is answered where it has to go into the environment.
 */
export async function rotateTokenKey(
  { signing, formerSignings }: Of,
  where: Where,
): Promise<{ retired: string; pem: string | null }> {
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const former = [signing, ...formerSignings].map(({ publicPem }) => publicPem)
  return { retired: signing.kid, pem: await keep([privatePem(next), ...former], where) }
}

/** Tokens by this old key open nothing any more: it has come into strange hands. Null when it is none of the old ones. */
export async function forgetTokenKey(
  { signing, formerSignings }: Of,
  kid: string,
  where: Where,
): Promise<{ pem: string | null } | null> {
  const left = formerSignings.filter((one) => one.kid !== kid)
  if (left.length === formerSignings.length) return null
  return { pem: await keep([privatePem(signing.privateKey), ...left.map(({ publicPem }) => publicPem)], where) }
}

async function keep(blocks: readonly string[], { folder, fromEnvironment }: Where): Promise<string | null> {
  const pem = blocks.join('')
  if (fromEnvironment) return pem
  await replaceSecret(folder, 'signing.pem', pem)
  return null
}

const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
