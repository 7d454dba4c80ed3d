import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '..', '..', 'dist')
type Chunk = { file: string; imports?: string[] }
const chunks = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>

/** The scripts that an app's page itself names, as modules or to be loaded ahead. */
function namedBy(page: string): string[] {
  const html = readFileSync(join(dist, page), 'utf8')
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag)
  return tags.flatMap((tag) => /(?:src|href)="\/(assets\/[^"]+\.js)"/.exec(tag)?.[1] ?? [])
}

/** These and all that they import at once, again and again; what is imported when it is wanted is left out. */
function withImports(files: readonly string[]): Set<string> {
  const found = new Set<string>()
  const walk = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const chunk = Object.values(chunks).find((one) => one.file === file)
    for (const name of chunk?.imports ?? []) walk(chunks[name]!.file)
    for (const [, name] of readFileSync(join(dist, file), 'utf8').matchAll(staticImport)) walk(`assets/${name}`)
  }
  for (const file of files) walk(file)
  return found
}

/** As the build writes them: `import{a}from"./b.js"`, `import"./b.js"` and `export*from"./b.js"`, never `import("./b.js")`. */
const staticImport = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g

test.each([
  ['staff', 90_000],
  ['admin', 90_000],
  ['participant', 80_000],
])('[CB9] what the page of the %s app loads at once is at most %d bytes of JavaScript, gzipped', (app, most) => {
  const page = `${app}/index.html`
  const named = namedBy(page)
  expect(named).toContain(chunks[page]?.file)
  const files = withImports(named)
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length)
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  expect(files.size).toBeGreaterThan(1)
  expect(bytes, [...files].join()).toBeGreaterThan(10_000)
  expect(bytes, [...files].join()).toBeLessThanOrEqual(most)
})
