import type { PictureTold } from '../../design-docs/uploads.ts'

/**
 * The camera that took a picture, as far as the picture tells: make and model, and its serial number where it names one,
 * so that two of a kind have a clock each. Null where it names nothing: all such pictures are taken to be of one camera.
 */
export function cameraOf({ camera, serial }: Pick<PictureTold, 'camera' | 'serial'>): string | null {
  const parts = [camera, serial && `#${serial}`].filter((part) => part)
  return parts.length > 0 ? parts.join(' ') : null
}
