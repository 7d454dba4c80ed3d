import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appFiles } from '../../sync-server/app-files.ts'

const script = `export const words = '${'ゼッケン '.repeat(200)}'\n`
let dist: string
let app: Hono
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'zekken-dist-'))
  await mkdir(join(dist, 'assets'))
  await mkdir(join(dist, 'staff'))
  await writeFile(join(dist, 'assets/words-a1B2c3D4.js'), script)
  await writeFile(join(dist, 'assets/words-a1B2c3D4.js.gz'), gzipSync(script, { level: 9 }))
  await writeFile(join(dist, 'assets/words-a1B2c3D4.js.br'), brotliCompressSync(script))
  await writeFile(join(dist, 'staff/index.html'), '<!doctype html><title>staff</title>')
  app = appFiles(dist)
})
afterAll(() => rm(dist, { recursive: true }))

const get = async (path: string, encodings = '') => {
  const answer = await app.request(path, { headers: { 'accept-encoding': encodings } })
  return { ...answer, status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('[AF1] what carries a hash is sent as it was compressed by the build, in what the browser reads, and kept for ever', async () => {
  const asset = '/assets/words-a1B2c3D4.js'
  const [brotli, gzip, plain] = [await get(asset, 'gzip, deflate, br'), await get(asset, 'gzip'), await get(asset)]
  expect(brotli.headers.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(brotli.bytes).toString()).toBe(script)
  expect(gzip.headers.get('content-encoding')).toBe('gzip')
  expect(gzip.bytes).toEqual(gzipSync(script, { level: 9 }))
  expect(gunzipSync(gzip.bytes).toString()).toBe(script)
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.bytes.toString()).toBe(script)
  for (const { headers } of [brotli, gzip, plain]) {
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('content-type')).toMatch(/javascript/)
  }
  expect(brotli.headers.get('vary')).toMatch(/accept-encoding/i)
})

test('[AF2] a path below an app is a screen of it and asked for again each time; a file that is not there is not', async () => {
  const screen = await get('/staff/teams/101')
  expect(screen.status).toBe(200)
  expect(screen.bytes.toString()).toContain('<title>staff</title>')
  expect(screen.headers.get('cache-control')).toBe('no-cache')
  expect((await get('/staff/worker.js')).status).toBe(404)
  const gone = await get('/assets/gone-a1B2c3D4.js')
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-cache'])
})

test('[AF3] a poster’s short path leads to the form', async () => {
  const answer = await get('/enter/demo')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/team/enter/demo'])
})
