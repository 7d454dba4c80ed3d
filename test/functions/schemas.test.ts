import { expect, test } from 'vitest'
import { derivedSchemas } from '../../design-docs/derived.ts'
import { offerId, personId, verdictId } from '../../design-docs/ids.ts'
import { planSchemas } from '../../design-docs/plan.ts'
import { rankingSchemas } from '../../design-docs/rankings.ts'
import type { Stored } from '../../sync-server/couch/client.ts'
import { openEvent } from '../feed/support/open-event.ts'
import { settleDown, smallDay } from './scenario.ts'

const schemas = { ...derivedSchemas, ...planSchemas, ...rankingSchemas }

function parsed(doc: Stored): { type: string; event: string } {
  const type = String(doc.type)
  if (!(type in schemas)) throw new Error(`${doc._id} is of the unknown type ${type}`)
  return schemas[type as keyof typeof schemas].parse(doc)
}

test('[FN5] every document that functions write fits its schema, ids and types included', async () => {
  const it = await openEvent()
  try {
    const { plan, facts, files } = await smallDay()
    for (const [key, bytes] of files) it.files.set(key, bytes)
    const rows = await it.database('desk').all({ startkey: 'event', includeDocs: true, limit: 1 })
    expect(parsed(rows[0]?.doc as Stored).event).toBeDefined()
    const person = { _id: personId('judge1'), type: 'person', account: 'judge1', name: '山田　花子', role: 'judge' }
    await it.write('desk', [person])
    await it.write('desk', plan)
    await it.write('log', facts)
    await settleDown(it, await it.run())
    const seen = new Set<string>()
    for (const kind of ['desk', 'board', 'roster', 'gate', 'figures'] as const) {
      for (const { id, doc } of await it.database(kind).all({ includeDocs: true })) {
        if (doc && !id.startsWith('_design/')) seen.add(parsed(doc).type)
      }
    }
    seen.add(parsed((await it.ofTeam('12').get('bib:12')) as Stored).type)
    const ask = facts.find(({ type }) => type === 'ask')?._id ?? ''
    seen.add(parsed((await it.ofTeam('12').get(offerId(ask))) as Stored).type)
    expect([...seen, 'setting', 'menus'].sort()).toEqual(Object.keys(schemas).sort())
    expect(await it.database('roster').get(person._id)).toMatchObject({ name: '山田　花子' })
    const checkin = facts.find(({ type }) => type === 'checkin')?._id ?? ''
    expect(await it.database('desk').get(verdictId(checkin))).toMatchObject({ checkin })
  } finally {
    await it.close()
  }
})
