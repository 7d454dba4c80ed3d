import { expect, test } from 'vitest'
import { type ApplicationDraft, application as schema, wishedRoles } from '../../design-docs/applications.ts'
import type { EntryField } from '../../design-docs/entry.ts'
import { checkApplication, wishes } from '../../functions/rules/check-application.ts'

const draft = (more: Partial<ApplicationDraft> = {}): ApplicationDraft => ({
  name: ' 髙﨑  美咲 ',
  kana: 'たかさき ﾐｻｷ',
  mail: ' misaki@example.org ',
  wish: 'judge',
  about: ' 受付の経験\r\nがあります ',
  consent: true,
  ...more,
})
const bad = (more: Partial<ApplicationDraft>, names: 'full' | 'single' = 'full') => {
  const checked = checkApplication(draft(more), { memberNames: names, fields: [] })
  return checked.ok ? [] : checked.bad.map(({ field, problem }) => `${field} ${problem}`)
}

test('[AP1] a good application is kept as an entry would be: full-width space, katakana, no blanks around', () => {
  expect(checkApplication(draft(), { memberNames: 'full', fields: [] })).toEqual({
    ok: true,
    application: {
      name: '髙﨑\u3000美咲',
      kana: 'タカサキ\u3000ミサキ',
      mail: 'misaki@example.org',
      wish: 'judge',
      about: '受付の経験\nがあります',
      answers: {},
    },
  })
})

test('[AP1] every field says what is wrong with it, all at once', () => {
  const nothing = { name: '', kana: '', mail: '', wish: '', about: '', consent: false }
  expect(bad(nothing)).toEqual(['name missing', 'kana missing', 'mail missing', 'wish missing', 'consent consent'])
  expect(bad({ name: '美咲' })).toEqual(['name full-name'])
  expect(bad({ name: '美咲' }, 'single')).toEqual([])
  expect(bad({ kana: 'Misaki' })).toEqual(['kana katakana'])
  expect(bad({ about: 'あ'.repeat(500) })).toEqual([])
  expect(bad({ about: 'あ'.repeat(501) })).toEqual(['about too-long'])
})

test('[AP2] nobody wishes to be an admin, and nothing that ends a line stands where there is one', () => {
  expect(bad({ wish: 'admin' })).toEqual(['wish choice'])
  expect(bad({ wish: 'server' })).toEqual(['wish choice'])
  expect(bad({ mail: 'a@example.org\r\nBcc: b@example.org' })).toEqual(['mail mail'])
  expect(bad({ name: '山田\u3000太郎\u0000' })).toEqual(['name unprintable'])
  expect(bad({ about: 'a\u202eb' })).toEqual(['about unprintable'])
  // A line end in a name is a blank, as in an entry.
  expect(checkApplication(draft({ name: '山田\r\n太郎' }), { memberNames: 'full', fields: [] })).toMatchObject({
    application: { name: '山田\u3000太郎' },
  })
  expect([...wishes]).toEqual([...wishedRoles])
  expect(schema.shape.wish.options).not.toContain('admin')
})

test('[AP16] the organizers’ own questions of staff are checked as those of an entry are; others are not asked', () => {
  const label = { ja: '質問', en: 'Question' }
  const fields: EntryField[] = [
    { id: 'shirt', of: 'staff', kind: 'choice', label, required: true, choices: [{ id: 'm', label }] },
    { id: 'years', of: 'staff', kind: 'number', label, required: false, max: 50 },
    { id: 'car', of: 'entry', kind: 'text', label, required: true },
  ]
  const checked = (answers: ApplicationDraft['answers']) =>
    checkApplication(draft(answers && { answers }), { memberNames: 'full', fields })
  expect(checked(undefined)).toEqual({ ok: false, bad: [{ field: 'answers.shirt', problem: 'missing' }] })
  expect(checked({ shirt: 'xxl', years: 51 })).toMatchObject({
    bad: [
      { field: 'answers.shirt', problem: 'choice' },
      { field: 'answers.years', problem: 'too-high' },
    ],
  })
  // What nobody asked is not kept.
  expect(checked({ shirt: 'm', years: 3, car: 'red', other: 'x' })).toMatchObject({
    ok: true,
    application: { answers: { shirt: 'm', years: 3 } },
  })
})
