/**
 * Whether a client names WebP among what it reads (RFC 9110, 12.5.1). Whoever names everything has never thought of it, as a
 * rule: a program that gets a JPEG.
 */
export function readsWebp(accept = ''): boolean {
  const named = accept.split(',').map((range) => range.split(';').map((part) => part.trim().toLowerCase()))
  return named.some(([type, ...params]) => type === 'image/webp' && !params.some((one) => /^q=0(?:\.0*)?$/.test(one)))
}
