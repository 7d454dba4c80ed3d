import { expect, test } from 'vitest'
import { type TalkLine, talkLines } from '../../app/participant/chat/talk-lines.ts'
import type { FactState } from '../../app/store/types.ts'
import type { ChatFact, Fact } from '../../design-docs/facts.ts'
import { conversationOf } from '../../functions/rules/conversation.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

const { make, undo } = factMaker('12')
const said = (minute: number, fields: Partial<ChatFact> = {}) =>
  make('chat', { at: atMinute(minute), kind: 'text', text: `at ${minute}`, by: 'team12', as: 'participant', ...fields })
const statesOf = (lines: readonly TalkLine[]) => lines.map(({ text, state }) => [text, state])
const outbox = (facts: readonly Fact[], states: Record<string, FactState> = {}) => ({
  facts: new Map(facts.map((fact) => [fact._id, fact])),
  states: new Map(Object.entries(states)),
})

test('[CT21] a phone shows what came from the server and what it wrote since, each message once, with how far it has come', () => {
  const [there, waiting, sent, refused] = [said(1), said(2), said(3), said(4)]
  const answer = said(5, { by: 'core1', as: 'core' })
  const read = make('read', { at: atMinute(6), messages: [there._id], by: 'core1', as: 'core' })
  const own = outbox([there, waiting, sent, refused, said(7, { team: '13' })], {
    [sent._id]: { state: 'confirmed' },
    [refused._id]: { state: 'refused', code: 'ZK-FACT-004', message: '' },
  })
  const { messages } = conversationOf([there, answer])
  expect(statesOf(talkLines(messages, '12', own))).toEqual([
    ['at 1', 'sent'],
    ['at 2', 'waiting'],
    ['at 3', 'sent'],
    ['at 4', 'refused'],
    ['at 5', 'told'],
  ])
  expect(talkLines(conversationOf([there, read]).messages, '12', own)[0]?.state).toBe('read')
})

test('[CT22] what is taken back on this phone, or was anywhere else, is shown as taken back at once', () => {
  const [there, waiting] = [said(1), said(2)]
  const { messages } = conversationOf([there])
  const here = outbox([waiting, undo(waiting), undo(there)])
  expect(talkLines(messages, '12', here).map(({ state }) => state)).toEqual(['taken-back', 'taken-back'])
  const elsewhere = conversationOf([there, undo(there)])
  expect(talkLines(elsewhere.messages, '12', outbox([])).map(({ state }) => state)).toEqual(['taken-back'])
})
