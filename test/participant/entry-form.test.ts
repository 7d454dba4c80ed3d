import { describe, expect, test } from 'vitest'
import { entryEn } from '../../app/i18n/entry-en.ts'
import { entryJa } from '../../app/i18n/entry-ja.ts'
import {
  draftOf,
  type EntryValues,
  emptyMember,
  emptyValues,
  valuesOf,
} from '../../app/participant/entry/entry-values.ts'
import { dropDraft, type KeptDraft, keepDraft, openDraft, type Shelf } from '../../app/participant/entry/kept-drafts.ts'
import { forgetReceipt, keepReceipt, receiptsOf } from '../../app/participant/entry/kept-receipts.ts'
import { consentsToShow, isShown, nameOf } from '../../app/participant/entry/shown-problems.ts'
import { entryForm } from '../../design-docs/entry.ts'
import { checkEntry } from '../../functions/rules/check-entry.ts'
import { askingForm } from '../support/open-entries.ts'

const form = entryForm.parse(askingForm)
const classes = [{ id: 'a', name: { ja: 'A', en: 'A' }, startsAt: 0, limitMinutes: 180 }]
const filled: EntryValues = {
  name: '里山',
  kana: 'さとやま',
  mail: 'a@example.org',
  phone: '090-1234-5678',
  classIds: ['a'],
  members: [
    {
      ...emptyMember(0),
      name: '髙﨑 美咲',
      kana: 'たかさき みさき',
      age: '３４',
      gender: 'f',
      answers: { shirt: 'm' },
    },
    { ...emptyMember(4), name: '𠮷田 健', kana: 'よしだ けん', age: '17', answers: { shirt: 'l' } },
  ],
  answers: { arrival: '2026-11-22', emergency: '090-1234-5678', heard: ['web'], times: '２', club: ' ' },
  consents: ['photo', 'guardian'],
}

describe('[EN49] what stands in the inputs', () => {
  test('keeps the form once it is sent, and comes back as it was kept', () => {
    const checked = checkEntry(draftOf(filled, form), { form, classes })
    if (!checked.ok) throw new Error(JSON.stringify(checked.bad))
    expect(checked.entry.answers).toEqual({ ...filled.answers, times: 2, club: undefined })
    const again = draftOf(valuesOf(checked.entry), form)
    expect(checkEntry(again, { form, classes })).toEqual(checked)
  })

  test('a number that is none is named, an empty one is missing only where it is asked', () => {
    const [first, second] = filled.members
    const bad = (age: string, times: string) => {
      const values = { ...filled, members: [{ ...first!, age }, second!], answers: { ...filled.answers, times } }
      const checked = checkEntry(draftOf(values, form), { form, classes })
      return checked.ok ? [] : checked.bad.map(({ field, problem }) => `${field} ${problem}`)
    }
    expect(bad('34', '2')).toEqual([])
    expect(bad('3x', 'two')).toEqual(['members.0.age number', 'answers.times number'])
    expect(bad(' ', '')).toEqual(['members.0.age missing'])
  })

  test('consents that nobody is asked for are not sent, though they were ticked before', () => {
    const grown = { ...filled, members: filled.members.map((member) => ({ ...member, age: '18' })) }
    expect(draftOf(filled, form).consents).toEqual(['photo', 'guardian'])
    expect(draftOf(grown, form).consents).toEqual(['photo'])
    expect(draftOf(grown, { ...form, age: 'no' }).consents).toEqual(['photo', 'guardian'])
  })

  test('an empty form has as many members as there must be, and the class where there is one', () => {
    const empty = emptyValues({ ...form, members: { min: 2, max: 3 } }, classes)
    expect([empty.members.length, empty.classIds]).toEqual([2, ['a']])
    expect(emptyValues(form, [...classes, { id: 'b' }]).classIds).toEqual([])
  })
})

describe('[EN41] what may be said', () => {
  const standing = { values: filled, form, left: new Set<string>(), tried: false }
  const bad = { field: 'members.1.name', problem: 'full-name' } as const

  test('is of a field that was left, or anything after a try; a member stays the same when another goes', () => {
    expect(isShown(bad, [bad], standing)).toBe(false)
    const left = new Set([nameOf('members.1.name', filled)])
    expect(isShown(bad, [bad], { ...standing, left })).toBe(true)
    const fewer = { ...filled, members: filled.members.slice(1) }
    const moved = { ...bad, field: 'members.0.name' }
    expect(isShown(moved, [moved], { ...standing, values: fewer, left })).toBe(true)
    expect(isShown(bad, [bad], { ...standing, tried: true })).toBe(true)
  })

  test('is not that members do not fit a class before they are known', () => {
    const unfit = { field: 'classIds', problem: 'class-conditions' } as const
    const left = new Set(['classIds'])
    expect(isShown(unfit, [unfit, bad], { ...standing, left })).toBe(false)
    expect(isShown(unfit, [unfit], { ...standing, left })).toBe(true)
  })

  test('a guardian is asked for by an age below the bound, or where ages are not asked', () => {
    const aged = (...ages: string[]) => ({ ...filled, members: ages.map((age, key) => ({ ...emptyMember(key), age })) })
    const asked = (values: EntryValues, age = form.age) =>
      consentsToShow(values, { ...form, age }).some(({ id }) => id === 'guardian')
    expect([asked(aged('17')), asked(aged('18')), asked(aged('', '20')), asked(aged(''), 'optional')]).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(asked(aged('40'), 'no')).toBe(true)
  })
})

/** What a browser keeps, in memory. */
function memoryShelf(): Shelf {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('[EN43] drafts on the phone', () => {
  const draft = (id: string): KeptDraft => ({ draft: id, values: filled, sending: false })

  test('the newest that no other tab holds is gone on with, of this event alone', async () => {
    const shelf = memoryShelf()
    for (const id of ['01A', '01B']) keepDraft('one', draft(id), shelf)
    keepDraft('other', draft('01Z'), shelf)
    shelf.setItem('zekken.entry.one.broken', '{')
    const held = new Set<string>()
    const hold = async (name: string) => !held.has(name) && held.add(name) && true
    const open = async () => (await openDraft('one', { shelf, hold, fresh: () => draft('new') })).draft
    expect([await open(), await open(), await open()]).toEqual(['01B', '01A', 'new'])
    dropDraft('one', '01A', shelf)
    held.clear()
    expect([await open(), await open()]).toEqual(['01B', 'new'])
  })

  test('a browser that keeps nothing is no fault', () => {
    const full = {
      ...memoryShelf(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    expect(keepDraft('one', draft('01A'), full)).toBe(false)
    keepReceipt('one', { draft: '01A', number: '1', name: 'x', token: 't' }, full)
    expect(receiptsOf('one', full)).toEqual([])
  })

  test('receipts are kept newest first, once each, until they are forgotten', () => {
    const shelf = memoryShelf()
    const receipt = (id: string, name: string) => ({ draft: id, number: '1', name, token: 't' })
    for (const [id, name] of [
      ['a', 'A'],
      ['b', 'B'],
      ['a', 'A2'],
    ] as const)
      keepReceipt('one', receipt(id, name), shelf)
    expect(receiptsOf('one', shelf).map(({ name }) => name)).toEqual(['A2', 'B'])
    forgetReceipt('one', 'a', shelf)
    expect(receiptsOf('one', shelf).map(({ name }) => name)).toEqual(['B'])
    expect(receiptsOf('two', shelf)).toEqual([])
  })
})

describe('words of the form', () => {
  test('bounds read as people say them', () => {
    expect(entryEn.range(2, undefined, 'people')).toBe('at least 2 people')
    expect(entryEn.range(undefined, 12, 'years old')).toBe('at most 12 years old')
    expect(entryJa.range(3, 3, '人')).toBe('3人')
    expect(entryJa.range(2, 5, '人')).toBe('2人以上5人以下')
    expect(entryEn.classLimit(3, 30)).toBe('limit 3 h 30 min')
  })
})
