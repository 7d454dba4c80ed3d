import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clusterOriginal, shownColours } from './draw-page.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const page = readFileSync(join(docs, 'palettes.md'), 'utf8')

test('[PN15] the page of palettes names the colours that the product finds in its originals', async () => {
  for (const [title, name] of [
    ['Sunset', 'sunset'],
    ['Hills', 'hills'],
  ] as const) {
    expect(page).toContain(`- ${title}: ${shownColours(await clusterOriginal(name))}\n`)
  }
})

test('[PN15] it shows every picture that lies beside it, and none that does not', () => {
  const shown = [...page.matchAll(/\]\(palettes\/([\w.-]+)\)/g)].map(([, name]) => name)
  expect([...new Set(shown)].sort()).toEqual(readdirSync(join(docs, 'palettes')).sort())
})
