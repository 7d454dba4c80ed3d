import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

type Chunk = { file: string; css?: string[]; assets?: string[]; imports?: string[]; dynamicImports?: string[] }

/** Every built file that an app can come to need, found by walking the build's own manifest from its page. */
function filesOf(page: string): Set<string> {
  const chunks = JSON.parse(readFileSync(join(root, 'dist/.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>([page])
  const seen = new Set<string>()
  const walk = (name: string): void => {
    const chunk = chunks[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) walk(next)
  }
  walk(page)
  return files
}

/** Workers and what they load are built apart and missing from the manifest; only the staff app has any. */
const workerFiles = /^assets\/(?:read-codes|zxing_reader)-.*\.(?:js|wasm)$/

type App = { folder: 'staff' | 'admin' | 'participant'; scope: 'staff' | 'admin' | 'team' }
const apps: readonly App[] = [
  { folder: 'staff', scope: 'staff' },
  { folder: 'admin', scope: 'admin' },
  { folder: 'participant', scope: 'team' },
]

/** One service worker an app: a worker can hold only one shell, and no phone should carry the other apps. */
const serviceWorker = ({ folder, scope }: App) =>
  VitePWA({
    strategies: 'generateSW',
    filename: `${folder}/worker.js`,
    scope: `/${scope}/`,
    manifest: false,
    injectRegister: false,
    workbox: {
      globPatterns: [`${folder}/index.html`, 'assets/**', 'icons/**', `manifests/${scope}.webmanifest`],
      maximumFileSizeToCacheInBytes: 4_000_000,
      inlineWorkboxRuntime: true,
      modifyURLPrefix: { '': '/' },
      navigateFallback: `/${scope}/index.html`,
      navigateFallbackAllowlist: [new RegExp(`^/${scope}(?:/|$)`)],
      clientsClaim: true,
      manifestTransforms: [
        async (entries) => {
          const own = filesOf(`${folder}/index.html`)
          const mine = entries.filter(
            ({ url }) =>
              !url.startsWith('/assets/') ||
              own.has(url.slice(1)) ||
              (folder === 'staff' && workerFiles.test(url.slice(1))),
          )
          return {
            manifest: mine.map((entry) => ({ ...entry, url: entry.url.replace(`/${folder}/`, `/${scope}/`) })),
            warnings: [],
          }
        },
      ],
    },
  })

export default defineConfig({
  root: join(root, 'app'),
  publicDir: join(root, 'public'),
  appType: 'mpa',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: apps.map(serviceWorker),
  worker: { format: 'es' },
  build: {
    outDir: join(root, 'dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    rolldownOptions: {
      input: Object.fromEntries(apps.map(({ folder }) => [folder, join(root, 'app', folder, 'index.html')])),
    },
  },
  test: {
    root,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
