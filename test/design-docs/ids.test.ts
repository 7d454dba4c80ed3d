import { expect, test } from 'vitest'
import { databaseName, parseDatabaseName } from '../../design-docs/databases.ts'
import { factRange, ulid, ulidTime } from '../../design-docs/ids.ts'
import { ulidText } from '../../design-docs/primitives.ts'

const random = Uint8Array.from({ length: 10 }, (_, i) => i * 25)

test('a ulid sorts by its time and gives the time back', () => {
  const early = ulid(1_795_317_261_341, random)
  const late = ulid(1_795_317_261_342, random)
  expect(early < late).toBe(true)
  expect(ulidTime(early)).toBe(1_795_317_261_341)
  expect(ulidText.safeParse(early).success).toBe(true)
})

test('a time with a fraction of a millisecond still makes a ulid', () => {
  expect(ulid(1_795_317_261_341.8926, random)).toBe(ulid(1_795_317_261_341, random))
})

test('a team’s range holds its own facts and those of no other number', () => {
  const { startkey, endkey } = factRange('12')
  const within = (id: string) => id >= startkey && id < endkey
  expect(within('12:checkin:01J8Z0000000000000000000A0')).toBe(true)
  for (const other of ['1:checkin:x', '120:checkin:x', '12A:checkin:x', '2:checkin:x', 'staff:scan:x']) {
    expect(within(other)).toBe(false)
  }
})

test('a database’s name and its parts are the same thing', () => {
  expect(parseDatabaseName(databaseName('demo', 'team', 'A12'))).toEqual({ event: 'demo', kind: 'team', team: 'A12' })
  expect(parseDatabaseName(databaseName('demo', 'log'))).toEqual({ event: 'demo', kind: 'log' })
  for (const name of ['zk-office', 'zk-demo-team-', 'zk-demo-log2', 'zk-Demo-log', '_users', 'zk-demo-team-a/b']) {
    expect(parseDatabaseName(name)).toBeNull()
  }
})
