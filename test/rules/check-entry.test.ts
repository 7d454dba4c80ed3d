import { describe, expect, test } from 'vitest'
import { type EntryDraft, entryForm } from '../../design-docs/entry.ts'
import { checkEntry } from '../../functions/rules/check-entry.ts'
import { eventDoc } from './make-facts.ts'

const text = (ja: string) => ({ ja, en: ja })
const form = entryForm.parse({
  members: { min: 1, max: 3 },
  age: 'required',
  gender: 'optional',
  fields: [
    { id: 'shirt', of: 'member', kind: 'choice', label: text('Tシャツ'), choices: [{ id: 's', label: text('S') }] },
    { id: 'cars', of: 'entry', kind: 'number', label: text('車'), required: true, min: 0, max: 3 },
    { id: 'born', of: 'entry', kind: 'date', label: text('誕生日') },
    { id: 'words', of: 'entry', kind: 'long-text', label: text('ひとこと') },
    { id: 'buses', of: 'entry', kind: 'choices', label: text('バス'), choices: [{ id: 'am', label: text('朝') }] },
  ],
  consents: [
    { id: 'rules', text: text('規約') },
    { id: 'photo', text: text('写真'), required: false },
    { id: 'guardian', text: text('保護者'), untilAge: 18 },
  ],
})
const classes = [...eventDoc().classes, { ...eventDoc().classes[0]!, id: 'pairs', fits: { minMembers: 2, minAge: 40 } }]
const draft = (changes: Partial<EntryDraft> = {}): EntryDraft => ({
  name: ' 川原町  探検隊 ',
  kana: 'かわらまち',
  mail: " Pat.O'Brien+day@example.org ",
  phone: '０９０ー１２３４ー５６７８',
  classIds: ['a'],
  members: [{ name: '山田 太郎', kana: 'やまだ たろう', age: 34, gender: 'm', answers: { shirt: 's' } }],
  answers: { cars: 1 },
  consents: ['rules', 'photo', 'forged'],
  ...changes,
})
const member = draft().members[0]!
const checked = (changes?: Partial<EntryDraft>) => checkEntry(draft(changes), { form, classes })
const bad = (changes: Partial<EntryDraft>) => {
  const result = checked(changes)
  return result.ok ? [] : result.bad.map(({ field, problem }) => `${field} ${problem}`)
}

test('[EN7] a good entry comes out tidied, with numbered members and nothing that was not asked', () => {
  expect(checked({ answers: { cars: 1, spy: 'x' } })).toEqual({
    ok: true,
    entry: {
      name: '川原町 探検隊',
      kana: 'カワラマチ',
      classIds: ['a'],
      members: [{ id: 'm1', name: '山田　太郎', kana: 'ヤマダ　タロウ', age: 34, gender: 'm' }],
      mail: "Pat.O'Brien+day@example.org",
      phone: '090-1234-5678',
      answers: { cars: 1 },
      memberAnswers: { m1: { shirt: 's' } },
      consents: ['rules', 'photo'],
    },
  })
})

test('[EN8] everything that is wrong is said at once, field by field', () => {
  const nothing = { name: '', mail: '', classIds: [], members: [], answers: {}, consents: [] }
  expect(bad({ ...nothing, kana: '', phone: '' })).toEqual([
    'name missing',
    'members too-few',
    'mail missing',
    'classIds missing',
    'answers.cars missing',
    'consents.rules consent',
  ])
})

describe('single fields', () => {
  test.each<[string, Partial<EntryDraft>, string[]]>([
    ['a member with one name', { members: [{ ...member, name: '山田太郎' }] }, ['members.0.name full-name']],
    ['a reading in kanji', { members: [{ ...member, kana: '山田' }] }, ['members.0.kana katakana']],
    ['no reading', { members: [{ ...member, kana: ' ' }] }, ['members.0.kana missing']],
    ['a reading of the team in letters', { kana: 'Kawara' }, ['kana katakana']],
    ['four members of three', { members: [member, member, member, member] }, ['members too-many']],
    [
      'no age',
      { members: [{ name: member.name, kana: 'ヤマダ' }], consents: ['rules', 'guardian'] },
      ['members.0.age missing'],
    ],
    ['half an age', { members: [{ ...member, age: 34.5 }] }, ['members.0.age number']],
    ['a gender that is none', { members: [{ ...member, gender: 'q' }] }, ['members.0.gender choice']],
    ['a mail address without a dot', { mail: 'a@b' }, ['mail mail']],
    ['a mail address that ends its line', { mail: 'a@b.jp\r\nBcc: c@d.jp' }, ['mail mail']],
    ['two mail addresses', { mail: 'a@b.jp, c@d.jp' }, ['mail mail']],
    ['a telephone number in words', { phone: 'mine' }, ['phone phone']],
    ['a class that is not there', { classIds: ['z'] }, ['classIds class']],
    ['a class whose conditions do not hold', { classIds: ['pairs'] }, ['classIds class-conditions']],
    [
      'a choice that is none',
      { members: [{ ...member, answers: { shirt: 'xxl' } }] },
      ['members.0.answers.shirt choice'],
    ],
    ['too many', { answers: { cars: 4 } }, ['answers.cars too-high']],
    ['too few', { answers: { cars: -1 } }, ['answers.cars too-low']],
    ['a number as text', { answers: { cars: '1' } }, ['answers.cars number']],
    ['a day that does not exist', { answers: { cars: 1, born: '2026-02-30' } }, ['answers.born date']],
    ['a name that turns its line around', { name: 'abc\u202exyz' }, ['name unprintable']],
    ['a very long name', { name: '長'.repeat(121) }, ['name too-long']],
    ['one choice where several may be', { answers: { cars: 1, buses: 'am' } }, ['answers.buses choice']],
    ['lines in a long text', { answers: { cars: 1, words: '一\n二' } }, []],
    ['someone too young without a guardian', { members: [{ ...member, age: 17 }] }, ['consents.guardian consent']],
    ['someone exactly old enough', { members: [{ ...member, age: 18 }] }, []],
  ])('[EN9] %s', (_, changes, problems) => {
    expect(bad(changes)).toEqual(problems)
  })
})

test('[EN10] members keep their ids when an entry is edited, new ones get free ones, doubles are told apart', () => {
  const members = [{ ...member, id: 'm2' }, member, { ...member, id: 'm2' }]
  const result = checked({ members })
  expect(result.ok && result.entry.members.map(({ id }) => id)).toEqual(['m2', 'm1', 'm3'])
})

test('[EN11] tidying and checking again changes nothing', () => {
  const first = checked()
  if (!first.ok) throw new Error('the first was refused')
  const { memberAnswers, ...kept } = first.entry
  const members = kept.members.map((one) => ({ ...one, answers: memberAnswers[one.id] ?? {} }))
  expect(checkEntry({ ...kept, members }, { form, classes })).toEqual(first)
})
