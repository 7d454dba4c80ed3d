import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '..', '..', 'dist')
type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] }
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

/** The words that every start waits for, in the language that has the longer ones. */
function dictionaryOf(files: ReadonlySet<string>): string[] {
  const starting = Object.values(chunks).filter(({ file }) => files.has(file))
  const fetched = new Set(starting.flatMap(({ dynamicImports = [] }) => dynamicImports))
  const ofLanguage = (ending: RegExp) =>
    [...fetched].filter((name) => ending.test(name)).map((name) => chunks[name]!.file)
  const [ja, en] = [ofLanguage(/i18n\/(?:\w+-)?ja\.ts$/), ofLanguage(/i18n\/(?:\w+-)?en\.ts$/)]
  return gzipped(ja) > gzipped(en) ? ja : en
}

const gzipped = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)

/** As the build writes them: `import{a}from"./b.js"`, `import"./b.js"` and `export*from"./b.js"`, never `import("./b.js")`. */
const staticImport = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g

test.each([
  ['staff', 90_000],
  ['admin', 90_000],
  ['participant', 80_000],
  ['display', 90_000],
])('[CB9] what the page of the %s app loads at once is at most %d bytes of JavaScript, gzipped', (app, most) => {
  const page = `${app}/index.html`
  const named = namedBy(page)
  expect(named).toContain(chunks[page]?.file)
  const files = withImports(named)
  const words = dictionaryOf(files)
  expect(words).toHaveLength(1)
  const bytes = gzipped([...files, ...words])
  expect(files.size).toBeGreaterThan(1)
  expect(bytes, [...files].join()).toBeGreaterThan(10_000)
  expect(bytes, [...files].join()).toBeLessThanOrEqual(most)
})
