import { describe, expect, test } from 'vitest'
import { adminEn } from '../../app/i18n/admin-en.ts'
import { adminJa } from '../../app/i18n/admin-ja.ts'
import { en } from '../../app/i18n/en.ts'
import { entryEn } from '../../app/i18n/entry-en.ts'
import { entryJa } from '../../app/i18n/entry-ja.ts'
import { ja } from '../../app/i18n/ja.ts'
import { participantEn } from '../../app/i18n/participant-en.ts'
import { participantJa } from '../../app/i18n/participant-ja.ts'
import { setupEn } from '../../app/i18n/setup-en.ts'
import { setupJa } from '../../app/i18n/setup-ja.ts'
import { fieldProblems } from '../../design-docs/errors.ts'
import { fileProblems, importProblems } from '../../design-docs/imports.ts'

/** Said alike in every language. */
const alike = new Set(['.app', '.listSeparator'])

type Leaf = readonly [path: string, value: unknown]
const leaves = (value: unknown, path = ''): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [[path, value]]

/** Amounts to most functions of a dictionary, words or lists to some. */
const tries: unknown[][] = [
  [2, 3],
  ['2', '3'],
  [['2'], {}],
]

/** What an entry says, for whichever it takes. */
const spoken = (value: unknown): string => {
  if (typeof value !== 'function') return String(value)
  for (const given of tries) {
    try {
      return String((value as (...given: unknown[]) => unknown)(...given))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return ''
}

const dictionaries: [rooms: string, ja: object, en: object][] = [
  ['the staff app and shared parts', ja, en],
  ['the console', adminJa, adminEn],
  ['set-up', setupJa, setupEn],
  ['the team app', participantJa, participantEn],
  ['the entry form', entryJa, entryEn],
]

describe.each(dictionaries)('the words of %s', (_, japaneseWords, englishWords) => {
  test('are the same entries in both languages', () => {
    const paths = (words: object) => leaves(words).map(([path]) => path)
    expect(paths(englishWords).sort()).toEqual(paths(japaneseWords).sort())
  })

  test('each say something', () => {
    const silent = [...leaves(japaneseWords), ...leaves(englishWords)].filter(
      ([, value]) => spoken(value).trim() === '',
    )
    expect(silent).toEqual([])
  })

  test('have no Japanese in English, and nothing in Japanese that is English still', () => {
    const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/
    expect(leaves(englishWords).filter(([, value]) => japanese.test(spoken(value)))).toEqual([])
    const untranslated = leaves(japaneseWords).filter(
      ([path, value]) => !alike.has(path) && /[a-z]{4}/i.test(spoken(value)) && !japanese.test(spoken(value)),
    )
    expect(untranslated).toEqual([])
  })
})

test('every problem of a field, a line and a file has words', () => {
  const said = (words: Record<string, string>) => Object.keys(words)
  // What only another program than the console can send needs none.
  const others = ['unknown-field', 'another', 'unreadable']
  expect(said(adminJa.fieldProblems)).toEqual(
    expect.arrayContaining(fieldProblems.filter((problem) => !others.includes(problem))),
  )
  expect(said(setupJa.imports.problems)).toEqual(expect.arrayContaining([...importProblems]))
  expect(said(setupJa.imports.files)).toEqual(expect.arrayContaining([...fileProblems]))
})

test('one person, two people', () => {
  expect(en.people(1)).toBe('1 person')
  expect(en.people(2)).toBe('2 people')
  expect(en.strip.unsent(1, 0, '10:42')).toBe('1 record unsent since 10:42')
  expect(ja.strip.unsent(12, 3, '10:42')).toBe('未送信 12件・写真 3枚（10:42から）')
  expect(ja.strip.unsent(0, 1, '')).toBe('未送信 写真 1枚')
})
