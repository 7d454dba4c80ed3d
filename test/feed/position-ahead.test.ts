import { expect, test } from 'vitest'
import { defineFunction, desk, put } from '../../functions/define.ts'
import type { Stored } from '../../sync-server/couch/client.ts'
import { factMaker } from '../rules/make-facts.ts'
import { openEvent } from './support/open-event.ts'

const counting = defineFunction({
  name: 'counting',
  on: { log: ['entry'] },
  key: (doc) => doc.team ?? null,
  handle: async (teams) => teams.map((team) => put(desk, { _id: `count:${team}`, type: 'count', team })),
})
const position = (event: string) => `position:${event}:counting`

// Only the embedded server's sequences can be read; CouchDB's are opaque.
test.skipIf(process.env.COUCHDB_URL)(
  '[RUN20] a position ahead of a log that was set back alone leads neither round in a circle nor past a fact',
  { timeout: 60_000 },
  async () => {
    const it = await openEvent()
    try {
      const first = await it.run({ functions: [counting] })
      await it.write('log', [factMaker('1').entry()])
      await first.drain()
      await first.stop()
      const office = it.couch.database('zk-office')
      const known = (await office.get(position(it.event))) as Stored & { since: { log: string } }
      const [number = '', ...suffix] = known.since.log.split('-')
      const ahead = [Number(number) + 2, ...suffix].join('-')
      await office.put({ ...known, since: { ...known.since, log: ahead } })

      const runner = await it.run({ functions: [counting] })
      await runner.drain()
      for (const team of ['2', '3', '4', '5', '6']) {
        await it.write('log', [factMaker(team).entry()])
        await runner.drain()
        expect(await it.database('desk').get(`count:${team}`)).toMatchObject({ team })
      }
      expect(it.batches.length).toBeLessThan(12)
      await runner.stop()
    } finally {
      await it.close()
    }
  },
)
