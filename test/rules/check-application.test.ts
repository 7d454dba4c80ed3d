import { expect, test } from 'vitest'
import { type ApplicationDraft, application as schema, wishedRoles } from '../../design-docs/applications.ts'
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
  const checked = checkApplication(draft(more), names)
  return checked.ok ? [] : checked.bad.map(({ field, problem }) => `${field} ${problem}`)
}

test('[AP1] a good application is kept as an entry would be: full-width space, katakana, no blanks around', () => {
  expect(checkApplication(draft(), 'full')).toEqual({
    ok: true,
    application: {
      name: '髙﨑\u3000美咲',
      kana: 'タカサキ\u3000ミサキ',
      mail: 'misaki@example.org',
      wish: 'judge',
      about: '受付の経験\nがあります',
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
  expect(checkApplication(draft({ name: '山田\r\n太郎' }), 'full')).toMatchObject({
    application: { name: '山田\u3000太郎' },
  })
  expect([...wishes]).toEqual([...wishedRoles])
  expect(schema.shape.wish.options).not.toContain('admin')
})
