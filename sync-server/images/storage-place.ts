import { fileURLToPath } from 'node:url'

/** Where an installation keeps its files, as `STORAGE_URL` names it. */
export type StoragePlace =
  | { kind: 'folder'; folder: string }
  | {
      kind: 's3'
      bucket: string
      /** Before every key; empty, or without `/` at its ends. */
      prefix: string
      /** Another S3 server than Amazon's. */
      endpoint: string | undefined
      region: string
      credentials: S3Credentials
    }

export type S3Credentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
}

export type S3Place = Extract<StoragePlace, { kind: 's3' }>

/** Reads `file:///folder` or `s3://…`; throws an Error that says what is wrong. */
export function readStoragePlace(address: string, env: Record<string, string | undefined>): StoragePlace {
  if (address.startsWith('s3://')) return readS3Place(address, env)
  return { kind: 'folder', folder: fileURLToPath(address) }
}

const bucketForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const prefixForm = /^[\w.-]+(\/[\w.-]+)*$/

/**
 * Reads `s3://bucket/prefix?endpoint=https://…&region=…`; throws an Error that says what is wrong. Who may use it comes
 * from the environment alone: an address is logged and passed on, a secret must not be.
 */
export function readS3Place(address: string, env: Record<string, string | undefined>): S3Place {
  const url = new URL(address)
  if (url.username || url.password) throw new Error('keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  if (!bucketForm.test(url.hostname)) throw new Error('a bucket as s3://bucket/prefix?endpoint=…')
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '')
  if (prefix !== '' && (!prefixForm.test(prefix) || /(^|\/)\.\.?(\/|$)/.test(prefix)))
    throw new Error('a prefix of letters, digits and . _ - /')
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'endpoint' && name !== 'region')
  if (unknown !== undefined) throw new Error(`only endpoint and region are known, not ${unknown}`)
  const endpoint = url.searchParams.get('endpoint') ?? undefined
  if (endpoint !== undefined && !isPlainAddress(endpoint)) throw new Error('an endpoint as https://host')
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = env
  if (!accessKeyId || !secretAccessKey) throw new Error('s3:// wants AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix,
    endpoint,
    region: url.searchParams.get('region') ?? env.AWS_REGION ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) },
  }
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, search } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && search === ''
}
