import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = join(import.meta.dirname, '..', '..', 'dist')
type Chunk = { file: string; imports?: string[] }

test.each(['staff', 'participant', 'admin'])(
  '[CB9] what the %s app loads before its first screen is at most 90 KB of JavaScript, gzipped',
  (app) => {
    const chunks = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
    const files = new Set<string>()
    const walk = (name: string) => {
      const chunk = chunks[name]
      if (!chunk || files.has(chunk.file)) return
      files.add(chunk.file)
      for (const next of chunk.imports ?? []) walk(next)
    }
    walk(`${app}/index.html`)
    const bytes = [...files].reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
      0,
    )
    expect(files.size).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(90_000)
  },
)
