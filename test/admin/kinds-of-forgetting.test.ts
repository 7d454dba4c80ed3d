import { expect, test } from 'vitest'
import { countsByKind } from '../../app/admin/forgetting/kinds.ts'

test('[FG6] what would go is shown by kinds that a person knows, and nothing is left out but databases, which are none', () => {
  const counts = {
    databases: 5,
    files: 2,
    mails: 1,
    'documents of log': 10,
    'documents of desk': 3,
    'documents of team': 4,
    'entrant in the office': 6,
    'account in the office': 1,
    'session in the office': 2,
    'position in the office': 9,
  }
  expect(countsByKind(counts)).toEqual([
    ['people', 7],
    ['records', 10],
    ['results', 7],
    ['files', 2],
    ['mails', 1],
    ['devices', 2],
    ['others', 9],
  ])
})
