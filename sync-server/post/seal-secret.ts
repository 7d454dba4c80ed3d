import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { Sealed } from '../../design-docs/stations.ts'
import type { Installation } from '../login/installation.ts'
import type { Keys } from '../login/keys.ts'

const algorithm = 'aes-256-gcm'

/** A password that has to be used again, for the database: worth nothing without the installation's key file. */
export function sealSecret(it: Pick<Installation, 'keys' | 'random'>, about: string, secret: string): Sealed {
  const iv = it.random(12)
  const cipher = createCipheriv(algorithm, keyOf(it.keys), iv).setAAD(Buffer.from(about))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return { iv: iv.toString('base64'), text: text.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
}

/** Throws when it was sealed with other keys or for something else. */
export function openSecret(it: Pick<Installation, 'keys'>, about: string, { iv, text, tag }: Sealed): string {
  const decipher = createDecipheriv(algorithm, keyOf(it.keys), Buffer.from(iv, 'base64'))
    .setAAD(Buffer.from(about))
    .setAuthTag(Buffer.from(tag, 'base64'))
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8')
}

const keyOf = ({ hmac }: Keys) => Buffer.from(hkdfSync('sha256', hmac, '', 'zekken station secrets', 32))
