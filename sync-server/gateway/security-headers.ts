import type { MiddlewareHandler } from 'hono'

const policy = [
  "default-src 'self'",
  // The scanner is WebAssembly; photo shrinking runs in a worker made from a blob.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

const headers = {
  'content-security-policy': policy.join('; '),
  'permissions-policy':
    'camera=(self), geolocation=(self), screen-wake-lock=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/**
 * Headers of every answer: only our own code runs, only we may use camera and position, nobody may frame us. An answer
 * that brings a policy of its own keeps it.
 */
export function securityHeaders(options: { https: boolean }): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    if (options.https) c.res.headers.set('strict-transport-security', 'max-age=31536000')
  }
}
