import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Figure, percentile } from './report.ts'

const figure = { name: 'cards', baseline: 100, baselineName: 'plain', unit: 'ms', better: 'lower' } as const

/** A room of the bench that reports this one figure, in a process of its own. */
function room(ours: number, goal?: Figure['goal']) {
  const { href } = pathToFileURL(join(import.meta.dirname, 'report.ts'))
  const given = `{ ...${JSON.stringify({ ...figure, ...(goal && { goal }) })}, ours: ${ours} }`
  const code = `import { report } from '${href}'; report(${given})`
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
  return [status, stdout.trim().split(' · ').at(-1)]
}

describe('a figure of the bench', () => {
  test('[BN1] that misses its goal fails the room, one that meets it or has none does not', () => {
    expect(room(251, { value: 250 })).toEqual([1, 'goal ≤ 250 ms MISSED'])
    expect(room(250, { value: 250 })).toEqual([0, 'goal ≤ 250 ms met'])
    expect(room(250, { ratio: 0.8 })).toEqual([1, 'goal ≥ 0.8 MISSED'])
    expect(room(125, { ratio: 0.8 })).toEqual([0, 'goal ≥ 0.8 met'])
    expect(room(9999)).toEqual([0, 'ratio 0.01'])
  })

  test('[BN2] counts who got nothing among the slowest, and nothing at all as missed', () => {
    const times = Array.from({ length: 94 }, (_, n) => n + 1)
    const never = Array.from({ length: 6 }, () => Number.POSITIVE_INFINITY)
    expect(percentile([...never, ...times], 0.95)).toBe(Number.POSITIVE_INFINITY)
    expect(percentile([...never.slice(1), ...times, 95], 0.95)).toBe(95)
    expect(percentile([], 0.95)).toBeNaN()
    for (const nothing of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(room(nothing, { value: 250 })).toEqual([1, 'goal ≤ 250 ms MISSED'])
    }
  })
})
