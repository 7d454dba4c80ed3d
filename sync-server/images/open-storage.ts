import { folderStorage } from './folder-storage.ts'
import type { Storage } from './storage.ts'
import type { StoragePlace } from './storage-place.ts'

/** Opens the storage that the configuration names. The S3 client is large, so it is loaded only where it is used. */
export async function openStorage(place: StoragePlace, { synced = true } = {}): Promise<Storage> {
  if (place.kind === 'folder') return folderStorage({ folder: place.folder, synced })
  const { s3Storage } = await import('./s3-storage.ts')
  return s3Storage(place)
}
