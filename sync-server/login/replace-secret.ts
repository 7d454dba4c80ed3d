import { randomBytes } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Puts a file of keys in the place of another, durably and at one blow, readable by its owner alone. */
export async function replaceSecret(folder: string, name: string, content: string): Promise<void> {
  const beside = join(folder, `${name}.${randomBytes(6).toString('hex')}`)
  const file = await open(beside, 'wx', 0o600)
  await file.writeFile(content)
  await file.sync()
  await file.close()
  await rename(beside, join(folder, name))
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
