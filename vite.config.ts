import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { generateSW } from 'workbox-build'

const root = import.meta.dirname
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

type Chunk = { file: string; css?: string[]; assets?: string[]; imports?: string[]; dynamicImports?: string[] }

/** Every built file that an app can come to need, found by walking the build's own manifest from its page. */
function filesOf(page: string): Set<string> {
  const chunks = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
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
const workerFiles = /^assets\/(?:read-codes|read-by-script|zxing_reader)-.*\.(?:js|wasm)$/

type App = { folder: 'staff' | 'admin' | 'participant' | 'display'; scope: 'staff' | 'admin' | 'team' | 'display' }
const apps: readonly App[] = [
  { folder: 'staff', scope: 'staff' },
  { folder: 'admin', scope: 'admin' },
  { folder: 'participant', scope: 'team' },
  { folder: 'display', scope: 'display' },
]

/** One service worker an app: a worker can hold only one shell, and no phone should carry the other apps. */
const serviceWorker = ({ folder, scope }: App): Plugin => ({
  name: `worker-of-${folder}`,
  apply: 'build',
  async writeBundle() {
    const own = filesOf(`${folder}/index.html`)
    const isOwn = (file: string) =>
      !file.startsWith('assets/') || own.has(file) || (folder === 'staff' && workerFiles.test(file))
    await generateSW({
      globDirectory: dist,
      globPatterns: [`${folder}/index.html`, 'assets/**', 'icons/**', `manifests/${scope}.webmanifest`],
      swDest: join(dist, folder, 'worker.js'),
      maximumFileSizeToCacheInBytes: 4_000_000,
      inlineWorkboxRuntime: true,
      sourcemap: false,
      navigateFallback: `/${scope}/index.html`,
      navigateFallbackAllowlist: [new RegExp(`^/${scope}(?:/|$)`)],
      clientsClaim: true,
      manifestTransforms: [
        (entries) => ({
          manifest: entries
            .filter(({ url }) => isOwn(url))
            .map((entry) => ({ ...entry, url: `/${entry.url.replace(`${folder}/`, `${scope}/`)}` })),
          warnings: [],
        }),
      ],
    })
  },
})

/** What the head of every app's page says, in the place that its comment marks. */
const sharedHead: Plugin = {
  name: 'shared-head',
  transformIndexHtml: {
    order: 'pre',
    handler: (page) =>
      page.replace('<!-- ui/head.html -->', readFileSync(join(root, 'app/ui/head.html'), 'utf8').trim()),
  },
}

/** What is fetched by hash is compressed once, here, better than a server would at each request. */
const compressedAssets: Plugin = {
  name: 'compressed-assets',
  apply: 'build',
  closeBundle() {
    const assets = join(dist, 'assets')
    for (const name of readdirSync(assets).filter((one) => /\.(?:js|css|wasm)$/.test(one))) {
      const bytes = readFileSync(join(assets, name))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, { params }))
    }
  },
}

/** No phone asks PouchDB for changes by a selector, whose engine would be five of the kilobytes that every start waits for. */
const withoutSelectors: Plugin = {
  name: 'without-selectors',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id.includes('/pouchdb-selector-core/')
      ? 'export const matchesSelector = () => { throw new Error("The apps are built without selectors.") }'
      : null,
}

/** A few files rather than many: on a slow link each further one costs a trip before the first screen. */
const chunkGroups = [
  {
    name: 'frame',
    priority: 2,
    test: /node_modules\/(?:@?preact|preact-iso)\/|vite\/(?:modulepreload-polyfill|preload-helper)|app\/ui\/(?!invited|save-file|why-dialog|use-camera|shot|member-list|time-field|zoned-time)|app\/sign-in\/open-id\.|design-docs\/(?!access\.|export-files\.)|app\/i18n\/(?:language|dictionary|format|roles)\.|app\/store\/(?:session|http|retry)\.|app\/device\/(?:clock|device-)/,
  },
  {
    name: 'store',
    priority: 1,
    test: /node_modules\/(?:pouchdb|spark-md5|events|uuid|vuvuzela)|app\/store\/(?!removal|asked-pictures|parcels\/(?!parcel-names))/,
  },
  {
    name: 'team',
    priority: 1,
    test: /app\/participant\/(?:screen|own-team|team-head|race-clock|connection|waiting)\./,
  },
]

export default defineConfig({
  root: join(root, 'app'),
  publicDir: join(root, 'public'),
  appType: 'mpa',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [sharedHead, withoutSelectors, ...apps.map(serviceWorker), compressedAssets],
  worker: { format: 'es' },
  build: {
    outDir: dist,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    rolldownOptions: {
      output: { codeSplitting: { groups: chunkGroups } },
      input: Object.fromEntries(apps.map(({ folder }) => [folder, join(root, 'app', folder, 'index.html')])),
    },
  },
  test: {
    root,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A condition is waited for as patiently on a busy machine as whatever a browser's locator waits for.
    expect: { poll: { timeout: 15_000 } },
  },
})
