import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../design-docs/errors.ts'
import { issuePasscode, standingPasscode } from '../../sync-server/login/passcodes.ts'
import { startTidying } from '../../sync-server/login/start-tidying.ts'
import { tidyTries } from '../../sync-server/login/tidy-tries.ts'
import { countHourly, guess } from '../../sync-server/login/tries.ts'
import { type Doors, openDoors } from '../gateway/open-doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const idsOf = async () => {
  const rows = await doors.it.office.all()
  return rows.map(({ id }) => id).filter((id) => /^(?:tally|passcode):/.test(id) && id.includes(doors.event))
}
const wrong = () => Promise.reject(new AppError('ZK-AUTH-006'))
const leaveTraces = async (number: string) => {
  await issuePasscode(doors.it, { event: doors.event, number })
  await guess(doors.it, `${doors.event}:${number}`, wrong).catch(() => undefined)
  await countHourly(doors.it, `mailed:${doors.event}-${number}`, 5)
}

test('[LG70] it is done at the start and every hour', async () => {
  const waits: number[] = []
  const next = Promise.withResolvers<void>()
  await leaveTraces('9')
  doors.clock.now += 72 * 60_000
  const tidying = startTidying(doors.it, doors.storage, {
    now: doors.it.now,
    async sleep(ms, signal) {
      waits.push(ms)
      if (waits.length === 1) await next.promise
      else await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    },
  })
  await expect.poll(idsOf, { timeout: 10_000 }).toEqual([])
  await leaveTraces('8')
  doors.clock.now += 72 * 60_000
  next.resolve()
  await expect.poll(idsOf, { timeout: 10_000 }).toEqual([])
  await tidying.stop()
  expect(waits).toEqual([3_600_000, 3_600_000])
})

test('[LG70] what was asked and guessed for numbers is removed once it says nothing, and not before', async () => {
  await leaveTraces('1')
  expect(await idsOf()).toHaveLength(3)
  doors.clock.now += 59 * 60_000
  await tidyTries(doors.it)
  expect(await idsOf()).toHaveLength(3)
  await leaveTraces('2')
  doors.clock.now += 12 * 60_000
  expect(await tidyTries(doors.it)).toBeGreaterThanOrEqual(3)
  const kept = await idsOf()
  expect(kept).toHaveLength(3)
  expect(kept.every((id) => id.endsWith('2'))).toBe(true)
  await expect(guess(doors.it, `${doors.event}:2`, wrong)).rejects.toMatchObject({ figures: { left: 1 } })
  await expect(guess(doors.it, `${doors.event}:1`, wrong)).rejects.toMatchObject({ figures: { left: 2 } })
  expect(await standingPasscode(doors.it, { event: doors.event, number: '1' })).toBeNull()
})
