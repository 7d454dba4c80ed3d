import { join } from 'node:path'
import { build } from 'vite'
import type { ServedFile } from './open-server.ts'

const storePage = join(import.meta.dirname, '..', 'browser', 'page.ts')

/** The store as a browser gets it: bundled, minified, in one module that leaves `openStore` and `ports` on the window. */
export async function buildPage(entry = storePage): Promise<Record<string, ServedFile>> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'es' } } },
  })
  const [first] = Array.isArray(output) ? output : [output]
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('nothing was built')
  return {
    '/page': {
      type: 'text/html',
      body: '<!doctype html><title>store</title><script type="module" src="/page.js"></script>',
    },
    '/page.js': { type: 'text/javascript', body: chunk.code },
  }
}
