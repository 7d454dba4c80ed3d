import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderStorage, removeUnfinished } from '../../sync-server/images/folder-storage.ts'
import { storageContract } from './storage-contract.ts'

const emptyFolder = () => mkdtemp(join(tmpdir(), 'zekken-storage-'))

storageContract('folder storage', async () => folderStorage({ folder: await emptyFolder() }))
storageContract('folder storage without sync', async () =>
  folderStorage({ folder: await emptyFolder(), synced: false }),
)

test('nothing is written outside the folder, whatever the key', async () => {
  const parent = await emptyFolder()
  const storage = folderStorage({ folder: join(parent, 'inside') })
  for (const key of ['../out', 'a/../../out', '..\\out', '/etc/passwd'.slice(1)])
    await storage.put(key, Buffer.from('x'))
  expect(await readdir(parent)).toEqual(['inside'])
})

test('no half-written file is left behind', async () => {
  const folder = await emptyFolder()
  const storage = folderStorage({ folder })
  await storage.put('demo/a', Buffer.from('x'))
  expect(await readdir(join(folder, 'demo'))).toEqual(['a'])
})

test('[IS13] what a killed process had half written goes at a later start, what may still be written stays', async () => {
  const folder = await emptyFolder()
  const storage = folderStorage({ folder })
  await storage.put('demo/~a', Buffer.from('a name of somebody’s'))
  const dir = join(folder, 'demo')
  const script = `
    import { folderStorage } from ${JSON.stringify(join(import.meta.dirname, '../../sync-server/images/folder-storage.ts'))}
    async function* slowly() { yield new Uint8Array(9); process.stdout.write('begun'); await new Promise((then) => setTimeout(then, 60_000)) }
    await folderStorage({ folder: ${JSON.stringify(folder)} }).putStream('demo/b', slowly())`
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(writer.stdout, 'data')
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  const half = (await readdir(dir)).filter((name) => name.startsWith('~'))
  expect(half).toHaveLength(1)
  expect(await storage.list('demo/')).toEqual(['demo/~a'])
  expect(await removeUnfinished(folder, Date.now())).toBe(0)
  expect(await removeUnfinished(folder, Date.now() + 3_600_000)).toBe(1)
  expect((await readdir(dir)).filter((name) => name.startsWith('~'))).toEqual([])
  expect(await storage.list('demo/')).toEqual(['demo/~a'])
})
