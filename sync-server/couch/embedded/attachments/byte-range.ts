/** First and last byte of a Range header, `unsatisfiable`, or undefined when the whole is to be sent. */
export type ByteRange = { first: number; last: number } | 'unsatisfiable' | undefined

/** One range of bytes, RFC 9110 section 14; several ranges are answered with the whole, as the RFC allows. */
export function byteRange(header: string | null, length: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const suffix = match[1] === ''
  const first = suffix ? Math.max(0, length - Number(match[2])) : Number(match[1])
  const last = suffix || match[2] === '' ? length - 1 : Math.min(Number(match[2]), length - 1)
  return first > last ? 'unsatisfiable' : { first, last }
}
