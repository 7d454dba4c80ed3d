import { createHash, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '../../sync-server/images/storage.ts'

/** What every storage adapter promises; `open` answers an empty one. */
export function storageContract(name: string, open: () => Promise<Storage>): void {
  describe(name, () => {
    let storage: Storage
    beforeEach(async () => {
      storage = await open()
    })

    test('gives back the bytes that were put', async () => {
      const bytes = randomBytes(300_000)
      await storage.put('demo/original/abc', bytes, 'image/jpeg')
      expect(Buffer.from((await storage.get('demo/original/abc'))!).equals(bytes)).toBe(true)
    })

    test('streams the bytes and says how many there are', async () => {
      const bytes = randomBytes(300_000)
      await storage.put('demo/a', bytes)
      const found = await storage.stream('demo/a')
      expect(found?.bytes).toBe(300_000)
      expect(Buffer.from(await new Response(found?.body).arrayBuffer()).equals(bytes)).toBe(true)
    })

    test('[IS1] says how long a file is, and gives back any range of it', async () => {
      const bytes = randomBytes(200_000)
      await storage.put('demo/a', bytes)
      expect(await storage.size('demo/a')).toBe(200_000)
      expect(await storage.size('demo/none')).toBeNull()
      for (const [from, to] of [
        [0, 1],
        [70_000, 199_999],
        [5, 99],
      ] as const) {
        const found = await storage.stream('demo/a', { from, to })
        expect(found?.bytes).toBe(to - from + 1)
        const part = Buffer.from(await new Response(found?.body).arrayBuffer())
        expect(part.equals(bytes.subarray(from, to + 1))).toBe(true)
      }
    })

    test('[IS2] a stream longer than memory should hold comes back as it was, and leaves nothing when it breaks off', async () => {
      const chunk = randomBytes(1_048_576)
      const long = Array.from({ length: 12 }, () => chunk)
      expect(await storage.putStream('demo/long', stream(long))).toBe(12 * 1_048_576)
      const hash = createHash('sha256')
      for await (const piece of (await storage.stream('demo/long'))!.body) hash.update(piece)
      const whole = createHash('sha256')
      for (const piece of long) whole.update(piece)
      expect(hash.digest('hex')).toBe(whole.digest('hex'))
      await expect(storage.putStream('demo/cut', stream(long, new Error('cut')))).rejects.toThrow('cut')
      expect(await storage.list('')).toEqual(['demo/long'])
    })

    test('[IS3] an empty file is a file', async () => {
      await storage.put('demo/empty', new Uint8Array())
      expect(await storage.size('demo/empty')).toBe(0)
      const found = await storage.stream('demo/empty')
      expect(found?.bytes).toBe(0)
      expect(await new Response(found?.body).text()).toBe('')
    })

    test('takes a stream of any length, and keeps nothing of one that breaks off', async () => {
      const chunks = [randomBytes(70_000), randomBytes(3), randomBytes(70_000)]
      const written = await storage.putStream('demo/a', stream(chunks))
      expect(written).toBe(140_003)
      expect(Buffer.from((await storage.get('demo/a'))!).equals(Buffer.concat(chunks))).toBe(true)
      await expect(storage.putStream('demo/b', stream([Buffer.from('half')], new Error('cut')))).rejects.toThrow('cut')
      await expect(storage.putStream('demo/a', stream([Buffer.from('half')], new Error('cut')))).rejects.toThrow('cut')
      expect(await storage.list('demo/')).toEqual(['demo/a'])
      expect((await storage.get('demo/a'))?.length).toBe(140_003)
    })

    test('an absent key is null, not an error', async () => {
      expect(await storage.get('demo/none')).toBeNull()
      expect(await storage.stream('demo/none')).toBeNull()
      expect(await storage.has('demo/none')).toBe(false)
      expect(await storage.delete('demo/none')).toBe(false)
      expect(await storage.list('demo/none/')).toEqual([])
    })

    test('putting again replaces the bytes', async () => {
      await storage.put('demo/a', Buffer.from('one'))
      await storage.put('demo/a', Buffer.from('two'))
      expect(Buffer.from((await storage.get('demo/a'))!).toString()).toBe('two')
      expect(await storage.list('demo/')).toEqual(['demo/a'])
    })

    test('a deleted key is gone', async () => {
      await storage.put('demo/a', Buffer.from('one'))
      expect(await storage.delete('demo/a')).toBe(true)
      expect(await storage.has('demo/a')).toBe(false)
    })

    test('lists a folder in order and nothing beside it', async () => {
      for (const key of ['film/b/1', 'film/b/0', 'film/bc/0', 'film/a/0']) await storage.put(key, Buffer.from(key))
      expect(await storage.list('film/b/')).toEqual(['film/b/0', 'film/b/1'])
      expect(await storage.list('')).toEqual(await storage.list('film/'))
      expect(await storage.list('film/')).toEqual(['film/a/0', 'film/b/0', 'film/b/1', 'film/bc/0'])
    })

    test.each([
      'demo/12:photo:01J8Z0',
      'demo/../../escape',
      'demo/./dot',
      'demo/C:\\windows',
      'demo/nul\0byte',
      'demo/UPPER',
      'demo/写真 ゼッケン',
      'demo/~tilde',
      'demo/%2e%2e',
      'demo/con',
    ])('the key %j is only a name', async (key) => {
      await storage.put(key, Buffer.from(key))
      expect(Buffer.from((await storage.get(key))!).toString()).toBe(key)
      expect(await storage.list('demo/')).toEqual(key.startsWith('demo/../') ? ['demo/../../escape'] : [key])
    })

    test('keys that differ only in case are two', async () => {
      await storage.put('demo/a', Buffer.from('lower'))
      await storage.put('demo/A', Buffer.from('upper'))
      expect(Buffer.from((await storage.get('demo/a'))!).toString()).toBe('lower')
    })

    test('an empty segment is refused', async () => {
      await expect(storage.put('demo//a', Buffer.from('x'))).rejects.toThrow('ZK-SYS-004')
    })

    test('writers of one key at once leave one whole value', async () => {
      const values = Array.from({ length: 8 }, (_, i) => Buffer.alloc(100_000, i))
      await Promise.all(values.map((value) => storage.put('demo/same', value)))
      const left = Buffer.from((await storage.get('demo/same'))!)
      expect(values.some((value) => value.equals(left))).toBe(true)
    })
  })
}

async function* stream(chunks: readonly Uint8Array[], end?: Error): AsyncGenerator<Uint8Array> {
  yield* chunks
  if (end) throw end
}
