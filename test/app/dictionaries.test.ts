import { expect, test } from 'vitest'
import { en } from '../../app/i18n/en.ts'
import { ja } from '../../app/i18n/ja.ts'

type Leaf = readonly [path: string, value: unknown]
const leaves = (value: unknown, path = ''): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [[path, value]]

/** What a function of the dictionary says for numbers or words, whichever it takes. */
const spoken = (value: unknown): string => {
  if (typeof value !== 'function') return String(value)
  return String((value as (...given: unknown[]) => unknown)(2, 3))
}

test('both languages have the same entries', () => {
  expect(leaves(en).map(([path]) => path)).toEqual(leaves(ja).map(([path]) => path))
})

test.each([
  ['ja', ja],
  ['en', en],
] as const)('every entry of %s says something', (_, dictionary) => {
  const silent = leaves(dictionary).filter(([, value]) => spoken(value).trim() === '')
  expect(silent).toEqual([])
})

test('English has no Japanese in it, and Japanese no entry left in English', () => {
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/
  expect(leaves(en).filter(([, value]) => japanese.test(spoken(value)))).toEqual([])
  const alike = new Set(['.app', '.listSeparator'])
  const untranslated = leaves(ja).filter(
    ([path, value]) => !alike.has(path) && /[a-z]{4}/i.test(spoken(value)) && !japanese.test(spoken(value)),
  )
  expect(untranslated).toEqual([])
})

test('one person, two people', () => {
  expect(en.people(1)).toBe('1 person')
  expect(en.people(2)).toBe('2 people')
  expect(en.strip.unsent(1, 0)).toBe('1 record unsent')
  expect(ja.strip.unsent(12, 3)).toBe('未送信 12件・写真 3枚')
  expect(ja.strip.unsent(0, 1)).toBe('未送信 写真 1枚')
})
