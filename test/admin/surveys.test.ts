import { expect, test } from 'vitest'
import { asKind, choicesOf, tidied } from '../../app/admin/surveys/new-survey.ts'
import { surveyDoc } from '../rules/make-pages.ts'

const [good, bad] = choicesOf([], { ja: '良い\n悪い', en: 'Good\nBad' })
const ids = (lines: { ja: string; en: string }) => choicesOf([good!, bad!], lines).map(({ id }) => id)

test('[SU12] a choice keeps its id while its words stay, wherever it is moved, and when one language is put right', () => {
  expect(new Set([good?.id, bad?.id]).size).toBe(2)
  expect(ids({ ja: '悪い\n良い', en: 'Bad\nGood' })).toEqual([bad?.id, good?.id])
  expect(ids({ ja: '良い\n悪い', en: 'Fine\nPoor' })).toEqual([good?.id, bad?.id])
  expect(ids({ ja: '良い\n悪い\n普通', en: '' })).toEqual([good?.id, bad?.id, expect.any(String)])
})

test('[SU12] a choice that comes new has an id of its own, not that of one that left', () => {
  const [first, fresh, last] = ids({ ja: '良い\n普通\n悪い', en: 'Good\nSo-so\nBad' })
  expect([first, last]).toEqual([good?.id, bad?.id])
  expect([good?.id, bad?.id]).not.toContain(fresh)
})

test('[SU12] words are taken as they are typed, spaces too; empty lines are left out when it is saved', () => {
  const choices = choicesOf([good!, bad!], { ja: '良い\n', en: 'Very \n' })
  expect(choices.map(({ label }) => label)).toEqual([
    { ja: '良い', en: 'Very ' },
    { ja: '', en: '' },
  ])
  const question = { id: 'q', kind: 'one', label: { ja: '?', en: '' }, required: false, choices } as const
  const [saved] = tidied(surveyDoc({ questions: [question] })).questions
  expect(saved).toMatchObject({ choices: [{ label: { ja: '良い', en: 'Very' } }] })
  expect((saved as { choices: unknown[] }).choices).toHaveLength(1)
})

test('[SU12] a question asked another way keeps its words and, where it still offers any, its choices', () => {
  const one = asKind({ id: 'q', label: { ja: '?', en: '?' }, required: true }, 'one')
  expect(asKind(one, 'many')).toMatchObject({ required: true, choices: 'choices' in one ? one.choices : null })
  expect(asKind(one, 'scale')).toEqual({ id: 'q', label: { ja: '?', en: '?' }, required: true, kind: 'scale' })
})
