import { expect, test } from 'vitest'
import { connectCouch } from '../../sync-server/couch/client.ts'
import { gatherSlow, type SlowLine } from '../../sync-server/couch/gather-slow.ts'
import { type SlowRequest, timedSend } from '../../sync-server/couch/timed-send.ts'

/** Answers after as long as the test says, on a clock of the test's own. */
function slowCouch() {
  let clock = 0
  let takes = 0
  const told: SlowRequest[] = []
  const times = { done: 0, slow: 0, seconds: 0 }
  const send: typeof fetch = async () => {
    clock += takes
    if (takes < 0) throw new Error('gone')
    return Response.json({ _id: 'x', _rev: '1-a', rows: [], results: [], last_seq: 0 })
  }
  const timed = timedSend(send, { times, onSlow: (slow) => told.push(slow), now: () => clock })
  const database = connectCouch('http://couch.invalid', 'Basic x', timed).database('zk-demo-log')
  const taking = (ms: number) => {
    takes = ms
    return database
  }
  return { taking, told, times }
}

test('[DB69] a request that takes over 0.1 s is told and counted, without ids; a quicker one is counted alone', async () => {
  const { taking, told, times } = slowCouch()
  await taking(100).get('12:checkin:secret')
  expect(told).toEqual([])
  await taking(101).get('12:checkin:secret')
  await taking(2500).all({ startkey: '12:', endkey: '12;' })
  expect(told).toEqual([
    { database: 'zk-demo-log', request: 'GET document', ms: 101 },
    { database: 'zk-demo-log', request: 'GET _all_docs', ms: 2500 },
  ])
  expect(times).toEqual({ done: 3, slow: 2, seconds: 2.701 })
})

test('[DB69] whoever waits for changes is not slow; what fails late is told all the same', async () => {
  const { taking, told, times } = slowCouch()
  await taking(30_000).changes({ since: 0, waitMs: 30_000 })
  expect(times.done).toBe(0)
  await taking(200).changes({ since: 0 })
  expect(told).toMatchObject([{ request: 'GET _changes', ms: 200 }])
  await expect(taking(-1).get('x')).rejects.toThrow('gone')
  expect(times.done).toBe(2)
})

test('[DB69] the first slow one is told at once, those of the ten seconds after it together, and then again one at once', () => {
  const lines: SlowLine[] = []
  let ring = () => {}
  const { hear: told, tell } = gatherSlow(
    (line) => lines.push(line),
    (_ms, done) => {
      ring = done
    },
  )
  const [log, desk] = ['zk-demo-log', 'zk-demo-desk']
  told({ database: log, request: 'GET document', ms: 101 })
  expect(lines).toEqual([{ database: log, request: 'GET document', ms: 101 }])
  for (const ms of [120, 340, 110]) told({ database: log, request: 'GET document', ms })
  told({ database: desk, request: 'GET document', ms: 700 })
  expect(lines).toHaveLength(1)
  ring()
  expect(lines[1]).toEqual({
    requests: [
      { database: desk, request: 'GET document', ms: 700, times: 1 },
      { database: log, request: 'GET document', ms: 340, times: 3 },
    ],
  })
  ring()
  expect(lines).toHaveLength(2)
  told({ database: desk, request: 'PUT document', ms: 150 })
  expect(lines[2]).toEqual({ database: desk, request: 'PUT document', ms: 150 })
  told({ database: desk, request: 'PUT document', ms: 160 })
  tell()
  expect(lines[3]).toEqual({ requests: [{ database: desk, request: 'PUT document', ms: 160, times: 1 }] })
})
