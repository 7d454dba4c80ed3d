import { expect, test } from 'vitest'
import { teamNames } from '../../app/staff/team-names.ts'
import type { MirrorDoc } from '../../app/store/types.ts'

const card = (team: string, name: string): [string, MirrorDoc] => [
  `card:${team}`,
  {
    _id: `card:${team}`,
    _rev: '1-a',
    type: 'card',
    team,
    name,
    members: [{ id: 'm1', name: '髙﨑', kana: 'タカサキ' }],
  },
]

test('a card that changed is found by its new name, one that went by none', () => {
  const first = new Map([card('1', '里山'), card('2', '川原町')])
  expect(teamNames(first).search('里山')).toEqual(['1'])
  const second = new Map([card('1', '長良川')])
  expect(teamNames(second).search('里山')).toEqual([])
  expect(teamNames(second).search('ながら')).toEqual([])
  expect(teamNames(second).search('長良')).toEqual(['1'])
  expect(teamNames(second).search('川原')).toEqual([])
})

test('members are found by their reading in hiragana', () => {
  expect(teamNames(new Map([card('7', '里山')])).search('たかさき')).toEqual(['7'])
})
