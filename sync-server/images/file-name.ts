import { AppError } from '../../design-docs/errors.ts'

/**
 * A segment of a storage key as the name of a file, the same on every file system: what is not a lower-case letter,
 * digit, `-` or `_` stands as its UTF-8 bytes in `%XX`, so `..`, `/`, `~`, upper case and NUL never reach the disk.
 */
export function fileNameOf(segment: string): string {
  const name = Array.from(Buffer.from(segment, 'utf8'), (byte) => {
    const char = String.fromCharCode(byte)
    return /[a-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`
  }).join('')
  if (name === '' || name.length > 240) throw new AppError('ZK-SYS-004', { figures: { key: segment.slice(0, 80) } })
  return name
}

/** The way back from `fileNameOf`. */
export const keySegmentOf = (name: string): string => decodeURIComponent(name)
