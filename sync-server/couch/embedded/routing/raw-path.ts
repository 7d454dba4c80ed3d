import { badRequest } from './refusal.ts'

/** The undecoded path of a request, so that `%2F` inside a name is told from `/` between names. */
export function rawPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}

/** Path segments, still encoded, without a trailing empty one. */
export function rawSegments(path: string): string[] {
  const segments = path.split('/').slice(1)
  if (segments.at(-1) === '') segments.pop()
  return segments
}

/** Percent-decoding; text that is no UTF-8 is refused instead of guessed. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw badRequest('The path is not valid UTF-8.')
  }
}
