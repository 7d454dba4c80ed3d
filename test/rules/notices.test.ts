import { expect, test } from 'vitest'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { Audience, NoticeFact } from '../../design-docs/facts.ts'
import {
  byUrgency,
  isAddressed,
  nextNoticeChange,
  noticePlaces,
  noticeState,
  noticesOf,
  shownNotice,
} from '../../functions/rules/notices.ts'
import { atMinute, noticeFact, withdrawal } from './make-facts.ts'

const docOf = (fields: Partial<NoticeFact> = {}) => noticesOf([noticeFact(1, fields)])[0] as NoticeDoc

test('[NT1] a notice waits for its hour, is out until it expires to the millisecond, and then is over', () => {
  const notice = docOf({ publishAt: atMinute(10), expiresAt: atMinute(20) })
  const states = [atMinute(10) - 1, atMinute(10), atMinute(20) - 1, atMinute(20)].map((at) => noticeState(notice, at))
  expect(states).toEqual(['waiting', 'out', 'out', 'over'])
  expect([atMinute(9), atMinute(10), atMinute(20)].map((at) => nextNoticeChange(notice, at))).toEqual([
    atMinute(10),
    atMinute(20),
    null,
  ])
  expect(shownNotice(notice, atMinute(10)).shown).toEqual(notice)
  expect(shownNotice(notice, atMinute(20)).shown).toBeNull()
})

test('[NT2] its author or an admin withdraws a notice, for good; another may not', () => {
  const fact = noticeFact(1)
  const state = (...voids: object[]) =>
    noticeState(noticesOf([fact, ...(voids as never[])])[0] as NoticeDoc, atMinute(5))
  expect(state()).toBe('out')
  expect(state(withdrawal(2, fact))).toBe('withdrawn')
  expect(state(withdrawal(2, fact, { by: 'admin1', as: 'admin' }))).toBe('withdrawn')
  expect(state(withdrawal(2, fact, { by: 'core2' }))).toBe('out')
  const [doc] = noticesOf([withdrawal(3, fact, { at: fact.at + 9 }), fact, withdrawal(2, fact, { at: fact.at + 5 })])
  expect(doc?.withdrawn).toEqual({ at: fact.at + 5, by: 'core1', reason: 'not true' })
  expect(nextNoticeChange(doc as NoticeDoc, 0)).toBeNull()
})

const participant = (number: string, ...classIds: string[]) => ({
  role: 'participant' as const,
  teams: [{ number, classIds }],
})
const staff = { role: 'staff' as const, teams: [] }

test.each<[Audience, boolean[]]>([
  [{}, [true, true, true]],
  [{ roles: ['participant'] }, [true, true, false]],
  [{ roles: ['staff', 'core'] }, [false, false, true]],
  [{ classes: ['a'] }, [true, false, true]],
  [{ teams: ['13'] }, [false, true, true]],
  [{ teams: ['12', '13'], classes: ['b'] }, [false, true, true]],
  [{ roles: ['participant'], classes: ['a'] }, [true, false, false]],
])('[NT3] %j is for those who fit all of it', (audience, fits) => {
  const listeners = [participant('12', 'a'), participant('13', 'b'), staff]
  expect(listeners.map((one) => isAddressed(audience, one))).toEqual(fits)
})

test('[NT3] an agent hears what is said to any of the teams helped', () => {
  const agent = { role: 'agent' as const, teams: ['12', '13'].map((number) => ({ number, classIds: ['a'] })) }
  expect(isAddressed({ teams: ['13'] }, agent)).toBe(true)
  expect(isAddressed({ teams: ['14'] }, agent)).toBe(false)
  expect(isAddressed({ classes: ['b'] }, agent)).toBe(false)
})

test.each<[Audience, ReturnType<typeof noticePlaces>]>([
  [{}, { board: true, roster: false, gate: false, teams: [] }],
  [{ classes: ['a'] }, { board: true, roster: false, gate: false, teams: [] }],
  [{ roles: ['display'] }, { board: true, roster: false, gate: false, teams: [] }],
  [{ roles: ['judge', 'staff'] }, { board: false, roster: true, gate: true, teams: [] }],
  [{ teams: ['12'] }, { board: false, roster: true, gate: false, teams: ['12'] }],
  [
    { teams: ['12'], roles: ['participant'] },
    { board: false, roster: false, gate: false, teams: ['12'] },
  ],
  [
    { teams: ['12'], roles: ['staff'] },
    { board: false, roster: true, gate: true, teams: [] },
  ],
])('[NT4] %j goes to databases that no one else reads', (audience, places) => {
  expect(noticePlaces(audience)).toEqual(places)
})

test('[NT5] urgent notices stand before all others, the newest first', () => {
  const docs = [
    docOf({ title: 'old', publishAt: atMinute(1) }),
    docOf({ title: 'new', publishAt: atMinute(3) }),
    docOf({ title: 'urgent', publishAt: atMinute(2), urgent: true }),
  ]
  expect(docs.sort(byUrgency).map(({ title }) => title)).toEqual(['urgent', 'new', 'old'])
})
