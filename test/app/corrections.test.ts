import { expect, test } from 'vitest'
import { correctionsOf, newMemberId, problemsOf, toKatakana } from '../../app/staff/corrections.ts'
import type { Card } from '../../design-docs/derived.ts'

const members = [
  { id: 'm1', name: '髙﨑\u3000美咲', kana: 'タカサキ\u3000ミサキ' },
  { id: 'm2', name: "O'Brien" },
]
const card = { team: '128', name: '里山ハイカーズ', members } as unknown as Card
const same = { name: card.name, kana: '', attention: '', members }

test('nothing changed makes no correction', () => {
  expect(correctionsOf(card, same)).toEqual([])
})

test('each changed field is one correction that says what it was', () => {
  const next = { ...same, name: '里山ウォーカーズ ', attention: 'ゼッケンを忘れた' }
  expect(correctionsOf(card, next)).toEqual([
    { type: 'correction', team: '128', field: 'name', was: '里山ハイカーズ', is: '里山ウォーカーズ' },
    { type: 'correction', team: '128', field: 'attention', was: '', is: 'ゼッケンを忘れた' },
  ])
})

test('a member keeps the id, and an emptied reading is left out', () => {
  const next = { ...same, members: [{ ...members[0]!, kana: '' }, members[1]!] }
  expect(correctionsOf(card, next)).toMatchObject([
    {
      field: 'members',
      is: [
        { id: 'm1', name: '髙﨑\u3000美咲' },
        { id: 'm2', name: "O'Brien" },
      ],
    },
  ])
  expect(correctionsOf(card, next)[0]).not.toHaveProperty('is.0.kana')
})

test('a name is needed and a reading is katakana', () => {
  const wrong = { name: ' ', kana: '里山', attention: '', members: [{ id: 'm1', name: '' }] }
  expect([...problemsOf(wrong)]).toEqual([
    ['name', 'name-needed'],
    ['kana', 'kana-wrong'],
    ['m1', 'name-needed'],
  ])
  expect(problemsOf(same).size).toBe(0)
})

test('hiragana and half-width katakana become full-width katakana', () => {
  expect(toKatakana('たかさき　ﾐｻｷ')).toBe('タカサキ ミサキ')
  expect(toKatakana('ラーメン・ゔ')).toBe('ラーメン・ヴ')
})

test('a new member gets an id that nobody of the team has', () => {
  expect(newMemberId([...members, { id: 'm4', name: 'x' }])).toBe('m5')
  expect(newMemberId([{ id: 'm2', name: 'x' }])).toBe('m3')
})
