import { expect, test } from 'vitest'
import { findThreads, type ThreadFilter } from '../../app/admin/chat/find-threads.ts'
import type { ThreadRow } from '../../design-docs/console.ts'

const row = (team: string, fields: Partial<ThreadRow> = {}): ThreadRow => ({
  team,
  teamName: '髙﨑組',
  kana: 'タカサキグミ',
  messages: 1,
  unread: 0,
  unansweredSince: null,
  state: 'open',
  assignee: null,
  last: { at: 1, kind: 'text', text: '橋は渡れますか', by: 'team', as: 'participant' },
  ...fields,
})
const rows = [
  row('1', { unansweredSince: 5 }),
  row('2', { assignee: 'me' }),
  row('3', { assignee: 'me', state: 'done' }),
  row('40', { teamName: "O'Brien", kana: undefined as never, last: null }),
]
const found = (filter: ThreadFilter, words = '', said = new Set<string>()) =>
  findThreads(rows, { filter, words, account: 'me', said }).map(({ team }) => team)

test('[CT23] threads are narrowed by how they stand', () => {
  expect(found('all')).toEqual(['1', '2', '3', '40'])
  expect(found('open')).toEqual(['1', '2', '40'])
  expect(found('done')).toEqual(['3'])
  expect(found('mine')).toEqual(['2'])
  expect(found('unanswered')).toEqual(['1'])
})

test('[CT23] and by number, name, reading and words, however they are typed; every word has to be there', () => {
  expect(found('all', '４０')).toEqual(['40'])
  expect(found('all', 'たかさき　渡れ')).toEqual(['1', '2', '3'])
  expect(found('all', '高崎 obrien')).toEqual([])
  expect(found('all', 'OBRIEN')).toEqual(['40'])
  expect(found('all', 'rain', new Set(['2', '3']))).toEqual(['2', '3'])
  expect(found('done', 'rain', new Set(['2', '3']))).toEqual(['3'])
})
