import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const sources = ['app', 'design-docs', 'functions', 'sync-server'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|mjs|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
)
const holders = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(file, 'utf8'))).map((file) => relative(root, file))

const key = /-----BEGIN [A-Z ]*PRIVATE|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{20,}\./
const written = /\b(?:password|secret|passphrase|apiKey)\b['"]?\s*[:=]\s*['"][^'"\s]{6,}['"]/i

test('[OD2] no source holds a credential', () => {
  expect(["password: 'hunter22'", "secret = 'abcdef'"].every((line) => written.test(line))).toBe(true)
  expect(holders(key)).toEqual([])
  // Words on screen are called so, too.
  expect(holders(written).filter((file) => !/-words\.ts$|^app\/i18n\//.test(file))).toEqual([])
})

test('[OD3] nothing that runs starts another program, builds code from text, or lets every origin in', () => {
  expect(holders(/child_process/)).toEqual(['sync-server/setup/install.mjs'])
  expect(holders(/\beval\(|\bnew Function\(/)).toEqual([])
  expect(holders(/allow-origin['"]?\s*[,:]\s*['"]\*/i)).toEqual([])
})

test('[OD4] every rule that a test is named after is listed, in one room only, and none is listed that no test is named after', () => {
  const rooms = new Map<string, Set<string>>()
  let room = ''
  for (const line of readFileSync(join(root, 'test/RULES.md'), 'utf8').split('\n')) {
    if (line.startsWith('## ')) room = line
    if (!line.startsWith('- ')) continue
    for (const id of listedIn(line)) rooms.set(id, (rooms.get(id) ?? new Set()).add(room))
  }
  expect([...rooms].filter(([, found]) => found.size > 1)).toEqual([])
  const named = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => readFileSync(join(root, 'test', file), 'utf8').match(/(?<=['"`]\[)[A-Z]{2,3}\d+(?=\] )/g) ?? [])
  expect(named.length).toBeGreaterThan(1000)
  expect(named.filter((id) => !rooms.has(id))).toEqual([])
  expect([...rooms.keys()].filter((id) => !named.includes(id))).toEqual([])
})

/** `AB1–AB3` stands for three rules. */
function listedIn(line: string): string[] {
  return [...line.matchAll(/\b([A-Z]{2,3})(\d+)(?:–\1(\d+))?/g)].flatMap(([, prefix = '', first = '', last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${prefix}${Number(first) + n}`),
  )
}
