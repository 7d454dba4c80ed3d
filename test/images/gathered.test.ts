import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName, office as officeName } from '../../design-docs/databases.ts'
import { gathered, gatheredRead, gatheredWrite } from '../../sync-server/couch/gathered.ts'
import { type Doors, openDoors } from '../gateway/open-doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
})
afterAll(() => doors.close())

test('[OT17] what comes while a request is under way goes together in the next, each with its own answer', async () => {
  const asked: number[][] = []
  const doors: PromiseWithResolvers<void>[] = []
  const ask = gathered(async (questions: readonly number[]) => {
    asked.push([...questions])
    const door = Promise.withResolvers<void>()
    doors.push(door)
    await door.promise
    if (questions.includes(13)) throw new Error('unlucky')
    return questions.map((one) => one * 2)
  }, 3)
  const answers = [1, 2, 3, 4, 13].map(ask)
  const settled = Promise.allSettled(answers)
  expect(asked).toEqual([[1]])
  doors[0]?.resolve()
  expect(await answers[0]).toBe(2)
  expect(asked).toEqual([[1], [2, 3, 4]])
  doors[1]?.resolve()
  expect(await Promise.all(answers.slice(1, 4))).toEqual([4, 6, 8])
  doors[2]?.resolve()
  expect((await settled).at(-1)).toMatchObject({ status: 'rejected', reason: new Error('unlucky') })
  // A failure is of those who asked, and no later ones.
  const later = ask(21)
  doors[3]?.resolve()
  expect(await later).toBe(42)
})

test('[OT17] of many changes of one revision one is taken, and others beside it as well', async () => {
  const write = gatheredWrite(doors.it.office)
  const read = gatheredRead(doors.couch, officeName)
  const [rev] = await Promise.all([write({ _id: 'link:a', n: 0 }), write({ _id: 'link:b', n: 0 })])
  const changes = Array.from({ length: 40 }, (_, n) => write({ _id: 'link:a', ...(rev && { _rev: rev }), n }))
  const beside = write({ _id: 'link:c', n: 1 })
  const taken = (await Promise.all(changes)).filter((one) => one !== null)
  expect(taken).toHaveLength(1)
  expect(await beside).toMatch(/^1-/)
  const [a, none, c, again] = await Promise.all(['link:a', 'link:none', 'link:c', 'link:a'].map(read))
  expect([a?._rev, none, c?.n, again?._rev]).toEqual([taken[0], null, 1, taken[0]])
  expect(await write({ _id: 'link:a', ...(rev && { _rev: rev }), n: 99 })).toBeNull()
  const gone = doors.couch.database(officeName)
  await gone.bulk([{ _id: 'link:c', ...(c && { _rev: c._rev }), _deleted: true }])
  expect(await Promise.all(['link:b', 'link:c'].map(read))).toMatchObject([{ n: 0 }, null])
  expect(await gatheredRead(doors.couch, databaseName(doors.event, 'desk'))('image:none')).toBeNull()
})
