import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { readS3Place, type S3Place } from '../../sync-server/images/storage-place.ts'

export const s3Environment = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

export type TestS3 = {
  endpoint: string
  /** The address of a place with this prefix, as an operator would write it. */
  addressOf(prefix: string): string
  placeOf(prefix: string): S3Place
  stop(): Promise<void>
}

/** A real S3 server on a free port, with one bucket, `zekken`, in a folder that goes with it. */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'zekken-s3-'))
  const configureBuckets = [{ name: 'zekken', configs: [] }]
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets })
  const { port } = await server.run()
  const endpoint = `http://127.0.0.1:${port}`
  const addressOf = (prefix: string) => `s3://zekken/${prefix}?endpoint=${encodeURIComponent(endpoint)}`
  return {
    endpoint,
    addressOf,
    placeOf: (prefix) => readS3Place(addressOf(prefix), s3Environment),
    async stop() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
