import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
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
