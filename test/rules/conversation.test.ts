import { expect, test } from 'vitest'
import { type ChatFact, chat as chatSchema, type Fact } from '../../design-docs/facts.ts'
import { conversationOf } from '../../functions/rules/conversation.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { preview } from '../../functions/rules/preview.ts'
import { atMinute, factMaker, planOf } from './make-facts.ts'

const { make, undo, arrival } = factMaker('12')
const team = { by: 'team12', as: 'participant', device: 'teamphone' } as const
const core = { by: 'core1', as: 'core', device: 'console1' } as const
const said = (minute: number, fields: Partial<ChatFact> = {}) =>
  make('chat', { at: atMinute(minute), kind: 'text', text: `at ${minute}`, ...team, ...fields })
const told = (minute: number, fields: Partial<ChatFact> = {}) => said(minute, { ...core, ...fields })
const read = (minute: number, ...messages: Fact[]) =>
  make('read', { at: atMinute(minute), messages: messages.map(({ _id }) => _id), ...core })
const step = (minute: number, name: 'assign' | 'done' | 'reopen', to?: string) =>
  make('handling', { at: atMinute(minute), step: name, ...(to && { to }), ...core })
const threadOf = (...facts: Fact[]) => conversationOf(facts).thread!

test('[CT1] messages stand in the order in which they were written, whatever order they came in', () => {
  const facts = [told(30), said(10), said(20)]
  const { messages } = conversationOf(facts)
  expect(messages.map(({ text }) => text)).toEqual(['at 10', 'at 20', 'at 30'])
  expect(conversationOf(facts.toReversed())).toEqual(conversationOf(facts))
  expect(conversationOf([factMaker('12').entry()])).toEqual({ messages: [], thread: null })
})

test('[CT1] a message from a phone whose clock runs ahead stands no later than it arrived', () => {
  const ahead = said(500)
  const { messages } = conversationOf([told(30), ahead, arrival([ahead], atMinute(20))])
  expect(messages.map(({ fact, at }) => [fact, at])).toEqual([
    [ahead._id, atMinute(20)],
    [messages[1]?.fact, atMinute(30)],
  ])
})

test('[CT2] a message is read once the other side had it on a screen, at the earliest time, never by its own side', () => {
  const asked = said(10)
  const own = make('read', { at: atMinute(11), messages: [asked._id], ...team })
  expect(conversationOf([asked, own]).messages[0]).not.toHaveProperty('readAt')
  const second = make('read', { at: atMinute(15), messages: [asked._id], ...core, by: 'core2' })
  const { messages, thread } = conversationOf([asked, own, second, read(20, asked)])
  expect(messages[0]).toMatchObject({ readAt: atMinute(15), readBy: 'core2' })
  expect([thread?.unread, threadOf(asked, own).unread]).toEqual([0, 1])
})

test('[CT3] what was written offline before a read mark, and came after it, has not been read', () => {
  const seen = said(10)
  const late = said(11)
  expect(threadOf(seen, read(20, seen), late)).toMatchObject({ unread: 1, unansweredSince: atMinute(10) })
})

test('[CT4] an answer answers what had been read by then, or what it names, and nothing that came later', () => {
  const asked = said(10)
  const late = said(11)
  expect(threadOf(asked).unansweredSince).toBe(atMinute(10))
  expect(threadOf(asked, read(12, asked)).unansweredSince).toBe(atMinute(10))
  expect(threadOf(asked, read(12, asked), told(13)).unansweredSince).toBeNull()
  expect(threadOf(asked, told(13)).unansweredSince).toBe(atMinute(10))
  expect(threadOf(asked, told(13, { replyTo: asked._id })).unansweredSince).toBeNull()
  expect(threadOf(asked, read(12, asked), told(13), late).unansweredSince).toBe(atMinute(11))
  const taken = told(13)
  expect(threadOf(asked, read(12, asked), taken, undo(taken)).unansweredSince).toBe(atMinute(10))
})

test('[CT5] done is done until the team says something that nobody had read by then, or someone reopens it', () => {
  const asked = said(10)
  const seen = read(12, asked)
  expect(threadOf(asked, seen, step(13, 'done'))).toMatchObject({ state: 'done', unansweredSince: null })
  expect(threadOf(asked, step(13, 'done')).state).toBe('open')
  expect(threadOf(asked, seen, step(13, 'done'), said(11)).state).toBe('open')
  expect(threadOf(asked, seen, step(13, 'done'), step(14, 'reopen'))).toMatchObject({ state: 'open' })
  expect(threadOf(step(14, 'reopen'), step(13, 'done'), asked, seen).state).toBe('open')
  const taken = said(14)
  expect(threadOf(asked, seen, step(13, 'done'), taken, undo(taken)).state).toBe('done')
})

test('[CT6] a thread is whose it was last given to, or nobody’s; the steps stay listed in order', () => {
  expect(threadOf(said(1)).assignee).toBeNull()
  const given = threadOf(step(3, 'assign', 'judge1'), step(2, 'assign', 'core1'), step(4, 'done'))
  expect(given).toMatchObject({ assignee: 'judge1', messages: 0, last: null })
  expect(given.handling.map((one) => [one.step, one.to, one.by])).toEqual([
    ['assign', 'core1', 'core1'],
    ['assign', 'judge1', 'core1'],
    ['done', undefined, 'core1'],
  ])
  expect(threadOf(step(3, 'assign', 'judge1'), step(5, 'assign')).assignee).toBeNull()
})

test('[CT7] a message is taken back by its author, a judge or an admin, and no longer counts', () => {
  const slip = said(10)
  const by = (fields: object) => conversationOf([slip, undo(slip, fields)]).messages[0]?.takenBack
  expect(by({})).toEqual({ at: slip.at + 5000, by: 'team12' })
  expect(by({ by: 'judge1', as: 'judge' })?.by).toBe('judge1')
  expect(by({ by: 'team12b', as: 'participant' })).toBeUndefined()
  expect(by({ by: 'core1', as: 'core' })).toBeUndefined()
  expect(threadOf(slip, undo(slip))).toMatchObject({ messages: 0, unread: 0, unansweredSince: null, last: null })
})

test('[CT8] any text of 2000 characters is a message as it is; one more, or nothing but space, is none', () => {
  const accepts = (text: string) => chatSchema.safeParse(said(1, { text })).success
  for (const text of ['x'.repeat(2000), '👍'.repeat(1000), '<script>alert(1)</script>', 'a\r\nb', '\u202eabc', '=1+1'])
    expect([text.slice(0, 20), accepts(text)]).toEqual([text.slice(0, 20), true])
  for (const text of ['x'.repeat(2001), '', ' \n\u3000']) expect(accepts(text)).toBe(false)
  expect(chatSchema.parse(said(1, { text: ' a\r\n ' })).text).toBe(' a\r\n ')
})

test('[CT9] a thread at a glance shows whole characters of its last message', () => {
  const long = said(1, { text: '👍'.repeat(500) })
  expect(threadOf(long).last?.text).toBe('👍'.repeat(140))
})

test('[CT10] what is said changes no card', () => {
  const one = factMaker('12')
  const facts = [one.entry(), one.scanned('S1', atMinute(20))]
  const card = outcome(facts, planOf()).card!
  const talk = [said(30), read(31), step(32, 'done')]
  expect(outcome([...facts, ...talk], planOf()).card).toEqual(card)
  expect(preview(card, talk, planOf())).toBe(card)
})
