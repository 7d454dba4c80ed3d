import { expect, test } from 'vitest'
import type { Member } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import { classesOf, meets } from '../../functions/rules/classes-of.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { eventDoc, factMaker, planOf, start } from './make-facts.ts'

const someone = (n: number, more: Partial<Member> = {}): Member => ({ id: `m${n}`, name: '山田　太郎', ...more })
const women = [someone(1, { gender: 'f', age: 41 }), someone(2, { gender: 'f', age: 40 })]
const aClass = (id: string, more: Partial<EventClass> = {}): EventClass => ({
  id,
  name: { ja: id, en: id },
  startsAt: start,
  limitMinutes: 180,
  ...more,
})
const open = aClass('open')

test.each<[string, Member[], EventClass['fits'] & object, boolean]>([
  ['two, of two to five', women, { minMembers: 2, maxMembers: 5 }, true],
  ['one, of two at least', [someone(1)], { minMembers: 2 }, false],
  ['three, of two at most', [someone(1), someone(2), someone(3)], { maxMembers: 2 }, false],
  ['exactly of age', women, { minAge: 40 }, true],
  ['one a year too young', women, { minAge: 41 }, false],
  ['exactly not too old', women, { maxAge: 41 }, true],
  ['one with an age that is not known', [someone(1, { age: 50 }), someone(2)], { minAge: 40 }, false],
  ['women', women, { gender: 'all-f' }, true],
  ['women, asked for mixed', women, { gender: 'mixed' }, false],
  ['a woman and a man', [...women, someone(3, { gender: 'm' })], { gender: 'mixed' }, true],
  ['one who does not say', [...women, someone(3)], { gender: 'all-f' }, false],
  ['nobody', [], { gender: 'all-m' }, false],
  ['nobody of that age', [], { maxAge: 12 }, false],
])('[RK9] conditions of a class: %s', (_, members, conditions, expected) => {
  expect(meets(members, conditions)).toBe(expected)
})

test('[RK9] a team is ranked in what it entered, main class first, and in every class of the same run that it fits', () => {
  const classes = [
    aClass('veterans', { fits: { minAge: 40 } }),
    aClass('women', { fits: { gender: 'all-f' } }),
    aClass('men', { fits: { gender: 'all-m' } }),
    aClass('six', { fits: { gender: 'all-f' }, limitMinutes: 360 }),
    aClass('later', { fits: { gender: 'all-f' }, startsAt: start + 1 }),
    aClass('invited', { fits: {} }),
    aClass('closed'),
    open,
  ]
  expect(classesOf({ classIds: ['open'], members: women }, classes)).toEqual(['open', 'veterans', 'women'])
  expect(classesOf({ classIds: ['women', 'open'], members: women }, classes)).toEqual(['women', 'open', 'veterans'])
  expect(classesOf({ classIds: ['gone'], members: women }, classes)).toEqual(['gone'])
})

test('[RK9] its card names them all, each with what keeps it from a place there', () => {
  const event = eventDoc({ classes: [aClass('a'), aClass('women', { fits: { gender: 'all-f' } })] })
  const { entry } = factMaker()
  const { card, team } = outcome([entry({ classIds: ['a'], members: women })], planOf(event))
  expect(card).toMatchObject({ classIds: ['a', 'women'], notPlaced: { a: 'no-goal', women: 'no-goal' } })
  expect(team?.classIds).toEqual(['a'])
})
