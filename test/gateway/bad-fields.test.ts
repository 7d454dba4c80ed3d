import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldProblems } from '../../design-docs/errors.ts'
import { badFields } from '../../sync-server/gateway/bad-fields.ts'

const schema = z.strictObject({
  name: z.string().min(3).max(5),
  note: z.string().min(1),
  points: z.int().min(0).max(9),
  kind: z.enum(['a', 'b']),
  teams: z
    .array(z.string().regex(/^[0-9]+$/))
    .min(1)
    .max(2),
  code: z.string().refine((code) => code !== 'demo', 'taken'),
  other: z.string().refine((other) => other !== 'x'),
})
const good = { name: 'abc', note: 'n', points: 1, kind: 'a', teams: ['1'], code: 'c', other: 'o' }
const found = (change: object) => {
  const given = { ...good, ...change }
  const { error } = schema.safeParse(given)
  return error ? badFields(error, given) : []
}

test.each<[object, string, string]>([
  [{ name: undefined }, 'name', 'missing'],
  [{ name: null }, 'name', 'missing'],
  [{ note: '' }, 'note', 'missing'],
  [{ name: 'ab' }, 'name', 'too-short'],
  [{ name: 'abcdef' }, 'name', 'too-long'],
  [{ name: 7 }, 'name', 'format'],
  [{ points: '1' }, 'points', 'number'],
  [{ points: 1.5 }, 'points', 'number'],
  [{ points: -1 }, 'points', 'too-low'],
  [{ points: 10 }, 'points', 'too-high'],
  [{ kind: 'c' }, 'kind', 'choice'],
  [{ teams: [] }, 'teams', 'too-few'],
  [{ teams: ['1', '2', '3'] }, 'teams', 'too-many'],
  [{ teams: ['1', 'x'] }, 'teams.1', 'format'],
  [{ code: 'demo' }, 'code', 'taken'],
  [{ other: 'x' }, 'other', 'format'],
  [{ more: 1 }, 'more', 'unknown-field'],
])('[CP8] %j is told as %s: %s', (change, field, problem) => {
  expect(found(change)).toEqual([{ field, problem }])
  expect(fieldProblems).toContain(problem)
})

test('[CP8] all that is wrong is told at once, up to ten fields, and nothing of what was sent', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`secret${n}`, 'secret value']))
  const all = found({ ...many, points: -1 })
  expect(all).toHaveLength(10)
  expect(all[0]).toEqual({ field: 'points', problem: 'too-low' })
  expect(JSON.stringify(all)).not.toContain('secret value')
})
