import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashOf } from '../../sync-server/audit/link-line.ts'
import { readAudit } from '../../sync-server/audit/read-audit.ts'
import { verifyChain } from '../../sync-server/audit/verify-chain.ts'
import { pushFacts } from '../../sync-server/gateway/push-facts.ts'
import { codesOf } from './ask-log.ts'
import { type Doors, openDoors, type Sent } from './open-doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

const linesAbout = async (facts: readonly Sent[]) =>
  (await readAudit(doors.it.office)).filter(({ about }) => facts.some(({ _id }) => _id === about))

test('[AU9] what organizers record on a phone has a line with its author, its content and the hash of the fact', async () => {
  const core = await doors.signIn('core')
  const sent = [
    core.fact('correction', { field: 'name', was: 'Kiso', is: 'Kiso & co' }),
    core.fact('checkin', { checkpoint: '34', method: 'manual', verified: false }),
    core.fact('notice', { title: 'Bears', body: 'Near 34. '.repeat(90), team: undefined }),
    core.fact('chat'),
    core.fact('scan'),
  ]
  expect(await codesOf(await core.push(sent))).toEqual([])
  expect(await codesOf(await core.push(sent))).toEqual([])
  const lines = await linesAbout(sent)
  const who = { by: core.session.account, event: doors.event, action: 'recorded' }
  expect(lines).toMatchObject([
    { ...who, about: sent[0]!._id, was: { name: '"Kiso"' }, is: { name: '"Kiso & co"' } },
    { ...who, about: sent[1]!._id, is: { checkpoint: '34', method: 'manual', verified: false } },
    { ...who, about: sent[2]!._id, is: { title: 'Bears' } },
  ])
  for (const { about, details } of lines) {
    const { _rev, ...content } = (await doors.couch.database(doors.log).get(about))!
    const { device } = core.session
    expect(details).toMatchObject({ as: 'core', device, at: content.at, sha256: hashOf(content as never) })
  }
  expect((await verifyChain(doors.it.office)).broken).toBeNull()
})

test('[AU9] neither what staff and teams record, nor what is refused has one', async () => {
  const staff = await doors.signIn('staff')
  const team = await doors.signIn('participant', { teams: ['12'] })
  const core = await doors.signIn('core')
  const mine = [staff.fact('checkin'), staff.fact('retire')]
  const own = [team.fact('checkin')]
  const refused = [core.fact('ruling')]
  await staff.push(mine)
  await team.push(own)
  expect(await codesOf(await core.push(refused))).toEqual(['ZK-FACT-002'])
  expect(await linesAbout([...mine, ...own, ...refused])).toEqual([])
})

test('[AU9] a crash while facts are written leaves none without a line', async () => {
  const judge = await doors.signIn('judge')
  const { account, device } = judge.session
  const fact = judge.fact('back')
  const log = doors.couch.database(doors.log)
  const grants = [{ account, as: 'judge' as const, event: doors.event, teams: [], since: 0 }]
  const pusher = { event: doors.event, device, grants }
  const killed = () => Promise.reject(new Error('killed'))
  const push = { log, docs: [fact], pusher, clock: null, forward: killed }
  await expect(pushFacts(doors.it, push)).rejects.toThrow('killed')
  expect(await log.get(fact._id)).toBeNull()
  expect(await linesAbout([fact])).toHaveLength(1)
  expect(await codesOf(await judge.push([fact]))).toEqual([])
  expect(await log.get(fact._id)).not.toBeNull()
})

test('[AU9] however often facts have to be sent until they can be written, and by several requests at once, each has one line', async () => {
  const core = await doors.signIn('core')
  const { account, device } = core.session
  const docs = [core.fact('back'), core.fact('reception')]
  const grants = [{ account, as: 'core' as const, event: doors.event, teams: [], since: 0 }]
  const away = () => Promise.reject(new Error('away'))
  const log = doors.couch.database(doors.log)
  const again = () =>
    pushFacts(doors.it, { log, docs, pusher: { event: doors.event, device, grants }, clock: null, forward: away })
  await Promise.allSettled([again(), again(), again()])
  expect(await codesOf(await core.push(docs))).toEqual([])
  expect(await linesAbout(docs)).toHaveLength(2)
  expect((await verifyChain(doors.it.office)).broken).toBeNull()
})
