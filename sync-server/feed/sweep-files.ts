import { databaseName } from '../../design-docs/databases.ts'
import { paletteId, portraitId, recolouredId } from '../../design-docs/ids.ts'
import type { PaletteDoc, PortraitDoc, RecolouredDoc } from '../../design-docs/palettes.ts'
import type { Couch } from '../couch/client.ts'
import type { StoragePort } from './apply-effects.ts'

type SweepFilesOptions = { couch: Couch; storage: StoragePort; drain(): Promise<void> }

const madeByPalette = /\/(?:painted|recoloured|clustered)$/

/**
 * Deletes pictures made by palettes to which no document leads, as a process that was ended at the wrong moment may leave
 * them; answers their keys. Looked at twice with a drain in between, since a picture is stored before the document that
 * names it.
 */
export async function sweepFiles(event: string, { couch, storage, drain }: SweepFilesOptions): Promise<string[]> {
  const keys = (await storage.list(`${event}/picture/`)).filter((key) => madeByPalette.test(key))
  const unnamed = async () => {
    const named = await namedKeys(couch, event)
    return keys.filter((key) => !named.has(key))
  }
  if (keys.length === 0 || (await unnamed()).length === 0) return []
  await drain()
  const gone: string[] = []
  for (const key of await unnamed()) if (await storage.delete(key)) gone.push(key)
  return gone
}

async function namedKeys(couch: Couch, event: string): Promise<Set<string>> {
  const desk = couch.database(databaseName(event, 'desk'))
  const named = new Set<string>()
  for (const prefix of [paletteId(''), portraitId(''), recolouredId('')]) {
    for (const { doc } of await desk.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })) {
      const { sizes } = (doc ?? {}) as unknown as Partial<PaletteDoc | PortraitDoc | RecolouredDoc>
      for (const { storageKey } of Object.values(sizes ?? {})) named.add(storageKey)
    }
  }
  return named
}
