import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import type { PostSettings, Slot } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { pruneLog } from '../../sync-server/post/prune-log.ts'
import { type Behaviour, type MailServer, startMailServer } from './support/mail-server.ts'
import { names, openTestPost, type TestPost } from './support/open-post.ts'

const hour = 60 * 60_000
let post: TestPost
let server: MailServer
let behaviour: Behaviour
beforeEach(async () => {
  post = await openTestPost()
  behaviour = {}
  // Looked at anew at each mail, so that a test can change its mind.
  server = await startMailServer({
    greeting: () => behaviour.greeting?.() ?? null,
    login: (user) => behaviour.login?.(user) ?? null,
    sender: (from) => behaviour.sender?.(from) ?? null,
    recipient: (to) => behaviour.recipient?.(to) ?? null,
    message: (to) => behaviour.message?.(to) ?? null,
    answer: (to) => behaviour.answer?.(to) ?? null,
    hold: async (to) => behaviour.hold?.(to),
  })
})
afterEach(async () => {
  await post.close()
  await server.kill()
})

const arrivedOf = (prefix: string) => server.arrived.filter(({ to }) => to.startsWith(prefix))
const mailsOf = (slots: readonly Slot[] = []) => slots.reduce((all, { mails }) => all + mails, 0)
const usedBy = async () => (await post.ledgers()).map(({ slots }) => mailsOf(slots))
async function set(settings: Partial<PostSettings>): Promise<void> {
  const plain = { policy: 'spread', activeShare: 0.25, notifyTo: [] }
  const doc = { _id: 'post-settings', type: 'post-settings', event: post.doors.event, ...plain, ...settings }
  await post.office.put(doc as CouchDoc)
}
const setBudget = async (mailsPerDay: number) => {
  const rows = await post.office.all({ startkey: 'station:', endkey: 'station;', includeDocs: true })
  await post.office.bulk(rows.map(({ doc }) => ({ ...doc, mailsPerDay }) as CouchDoc))
}

test('[PO23] a mail goes out through a station, from its address and signed in, and is written down', async () => {
  await post.queue('reply', ['one', 'two'])
  expect(await post.open(post.stations(server.port, 'alpha:pw')).sendDue()).toBe(2)
  expect(server.arrived.map(({ user, from }) => [user, from])).toEqual(Array(2).fill(['alpha', 'alpha@run.example']))
  expect(server.arrived[0]?.raw).toMatch(/^From: .*<alpha@run\.example>/m)
  expect(await post.sent()).toHaveLength(2)
  expect(await post.waiting()).toEqual([])
  expect(await usedBy()).toEqual([2])
  expect(await post.lines()).toMatchObject([
    { account: 'alpha', function: 'reply', result: 'sent' },
    { account: 'alpha', function: 'reply', result: 'sent' },
  ])
})

test('[PO24] no station sends more than its budget in any 24 hours, and goes on when it may', async () => {
  const office = post.open(post.stations(server.port, 'alpha:pw', 'beta:pw'))
  await office.sendDue()
  await setBudget(5)
  await post.queue('reply', names('r', 14))
  expect(await office.sendDue()).toBe(10)
  expect(await usedBy()).toEqual([5, 5])
  post.clock.advance(23 * hour)
  expect(await office.sendDue()).toBe(0)
  post.clock.advance(2 * hour)
  expect(await office.sendDue()).toBe(4)
  expect(server.arrived).toHaveLength(14)
})

test('[PO25] a budget survives a process that dies between reserving and sending', async () => {
  const stations = post.stations(server.port, 'alpha:pw')
  const first = post.open(stations)
  await first.sendDue()
  await setBudget(20)
  await post.queue('reply', names('r', 50))
  // The ledger is written, then nothing is any more.
  const bulk = post.office.bulk
  let writes = 0
  post.office.bulk = async (docs, options) => {
    const isLedger = docs.some(({ _id }) => _id.startsWith('ledger:'))
    if (++writes > 1 || !isLedger) throw new TypeError('fetch failed')
    return await bulk(docs, options)
  }
  await first.sendDue().catch(() => 0)
  post.office.bulk = bulk
  const before = server.arrived.length
  expect(before).toBeGreaterThan(0)
  expect((await usedBy())[0]).toBeGreaterThanOrEqual(before)
  const second = post.open(stations)
  await second.sendDue()
  expect(server.arrived.length).toBeLessThanOrEqual(20)
  expect(server.arrived.length).toBeGreaterThan(before)
})

describe('passcodes', () => {
  test('[PO26] go out before everything else', async () => {
    await post.queue('mailing', names('m', 10))
    await post.queue('reply', names('r', 10))
    await post.queue('passcode', names('p', 10))
    await post.open(post.stations(server.port, 'alpha:pw')).sendDue()
    const order = server.arrived.map(({ to }) => to[0])
    // Three connections: what is begun together may overtake.
    expect(order.slice(0, 8)).toEqual(Array(8).fill('p'))
    expect(order.lastIndexOf('r')).toBeLessThan(order.indexOf('m') + 3)
  })

  test('[PO27] do not wait behind mails that a server is slow to take', async () => {
    const slow = Promise.withResolvers<void>()
    behaviour.hold = (to) => (to.startsWith('m') ? slow.promise : Promise.resolve())
    await post.queue('mailing', names('m', 10))
    const office = post.open(post.stations(server.port, 'alpha:pw'))
    const sending = office.sendDue()
    await expect.poll(() => server.begun.length).toBe(2)
    await post.queue('passcode', ['p1', 'p2'])
    post.clock.advance(60_000)
    await expect.poll(() => arrivedOf('p').length).toBe(2)
    expect(arrivedOf('m')).toEqual([])
    slow.resolve()
    await sending
    await office.sendDue()
    expect(arrivedOf('m')).toHaveLength(10)
  })

  test('[PO28] find budget left by a mailing', async () => {
    const office = post.open(post.stations(server.port, 'alpha:pw'))
    await office.sendDue()
    await setBudget(10)
    await post.queue('mailing', names('m', 30))
    expect(await office.sendDue()).toBe(8)
    // What it may not use is not held back for it.
    post.clock.advance(10_000)
    await office.sendDue()
    expect(await usedBy()).toEqual([8])
    await post.queue('passcode', ['p1', 'p2', 'p3'])
    expect(await office.sendDue()).toBe(2)
    expect(arrivedOf('p')).toHaveLength(2)
  })
})

describe('refusals', () => {
  test('[PO29] for a while: the mail waits longer each time, and uses no budget', async () => {
    behaviour.recipient = () => 451
    await post.queue('reply', ['r1'])
    const office = post.open(post.stations(server.port, 'alpha:pw'))
    await office.sendDue()
    expect(await post.waiting()).toMatchObject([{ state: 'waiting', tries: 1, nextAt: post.clock.now() + 15_000 }])
    post.clock.advance(15_000)
    await office.sendDue()
    expect(await post.waiting()).toMatchObject([{ tries: 2, nextAt: post.clock.now() + 30_000 }])
    expect(await usedBy()).toEqual([0])
    behaviour = {}
    post.clock.advance(30_000)
    expect(await office.sendDue()).toBe(1)
  })

  test('[PO30] for good: the mail is parked at once with the server’s reason, the others go out', async () => {
    behaviour.recipient = (to) => (to.startsWith('bad') ? 550 : null)
    await post.queue('reply', ['bad', 'r1', 'r2'])
    expect(await post.open(post.stations(server.port, 'alpha:pw')).sendDue()).toBe(2)
    const [parked, ...rest] = await post.waiting()
    expect(rest).toEqual([])
    expect(parked).toMatchObject({ key: 'bad', state: 'parked', tries: 1 })
    expect(parked?.error).toContain('550')
  })

  test('[PO31] a lost answer: the mail arrives twice under one Message-ID, and both count', async () => {
    let losses = 1
    behaviour.answer = () => (losses-- > 0 ? 'drop' : null)
    await post.queue('passcode', ['p1'])
    const office = post.open(post.stations(server.port, 'alpha:pw'))
    await office.sendDue()
    post.clock.advance(1000)
    await office.sendDue()
    expect(server.arrived).toHaveLength(2)
    expect(new Set(server.arrived.map(({ messageId }) => messageId)).size).toBe(1)
    expect((await post.lines()).map(({ result }) => result)).toEqual(['lost', 'sent'])
    expect(await usedBy()).toEqual([2])
  })

  test('[PO32] a connection that breaks before the mail is whole: it arrives once', async () => {
    let drops = 3
    behaviour.recipient = () => (drops-- > 0 ? 'drop' : null)
    await post.queue('passcode', ['p1'])
    const office = post.open(post.stations(server.port, 'alpha:pw', 'beta:pw', 'gamma:pw'))
    for (let n = 0; n < 6 && server.arrived.length === 0; n++) {
      await office.sendDue()
      post.clock.advance(4000)
    }
    expect(server.arrived).toHaveLength(1)
    expect((await usedBy()).reduce((all, one) => all + one)).toBe(1)
  })
})

describe('a station that fails', () => {
  const stateOf = async () =>
    Object.fromEntries((await post.ledgers()).map(({ station, state }) => [station, state] as const))

  test('[PO33] with a wrong password is retired at once; another takes its place, and the admins are told through it', async () => {
    await set({ notifyTo: ['hq@run.example'] })
    const stations = post.stations(server.port, 'alpha:wrong', 'beta:pw')
    const office = post.open(stations)
    await post.queue('passcode', ['p1'])
    behaviour.login = (user) => (user === 'beta' ? 454 : null)
    await office.sendDue()
    behaviour = {}
    post.clock.advance(2000)
    await office.sendDue()
    await office.sendDue()
    expect(await stateOf()).toEqual({ [stations[0]?.id ?? '']: 'retired', [stations[1]?.id ?? '']: 'active' })
    const [told] = arrivedOf('hq')
    expect(told?.user).toBe('beta')
    expect(told?.raw).toContain('alpha')
    expect(arrivedOf('p')).toHaveLength(1)
  })

  test('[PO34] five times running is retired, tried again later, and brought back when it is well', async () => {
    await set({ notifyTo: ['hq@run.example'] })
    behaviour.greeting = () => 421
    const office = post.open(post.stations(server.port, 'alpha:pw'))
    await post.queue('reply', ['r1'])
    for (let n = 0; n < 5; n++) {
      await office.sendDue()
      post.clock.advance(n < 4 ? 500 * 2 ** n : 0)
    }
    expect(await post.ledgers()).toMatchObject([{ state: 'retired', failures: 5 }])
    // The mail waits; the station is not asked while it is retired.
    expect(await post.waiting()).toMatchObject([{ key: expect.stringMatching(/^notice/) }, { key: 'r1', tries: 0 }])
    behaviour = {}
    expect(await office.sendDue()).toBe(0)
    post.clock.advance(15_000)
    await expect.poll(async () => (await post.ledgers())[0]?.state).toBe('active')
    await office.sendDue()
    expect(arrivedOf('r')).toHaveLength(1)
    expect(arrivedOf('hq')).toHaveLength(2)
  })

  test('[PO35] a server that is gone for two seconds retires no station', async () => {
    behaviour.greeting = () => 'drop'
    const office = post.open(post.stations(server.port, 'alpha:pw', 'beta:pw', 'gamma:pw'))
    await post.queue('passcode', names('p', 30))
    for (let n = 0; n < 4; n++) {
      await office.sendDue()
      post.clock.advance(500)
    }
    behaviour = {}
    post.clock.advance(4000)
    await office.sendDue()
    expect(new Set(server.arrived.map(({ to }) => to)).size).toBe(30)
    expect(Object.values(await stateOf())).not.toContain('retired')
  })
})

test('[PO36] a test is carried by the station it is of, even a retired one, which is back then', async () => {
  const stations = post.stations(server.port, 'alpha:pw', 'beta:pw')
  behaviour.login = (user) => (user === 'beta' ? 535 : null)
  const office = post.open(stations)
  const [, beta] = stations
  const test = { to: 'hq@run.example', by: 'admin', ...(beta && { station: beta.id }) }
  await post.queue('test', ['t1'], test)
  await office.sendDue()
  expect(await post.waiting()).toMatchObject([{ key: 't1', state: 'parked' }])
  behaviour = {}
  await post.queue('test', ['t2'], test)
  await office.sendDue()
  expect(server.arrived).toMatchObject([{ user: 'beta', to: 'hq@run.example' }])
  expect((await post.ledgers()).find(({ station }) => station === beta?.id)?.state).not.toBe('retired')
})

test('[PO47] the log forgets what is more than thirty days old', async () => {
  const day = 24 * hour
  const line = (at: number) => ({ _id: `post-log:${ulid(at, new Uint8Array(10))}`, type: 'post-log', lines: [] })
  const [old, young] = [post.clock.now() - 31 * day, post.clock.now() - 29 * day]
  await post.office.bulk([line(old), line(young)])
  await pruneLog(post.office, post.clock.now())
  const left = await post.office.all({ startkey: 'post-log:', endkey: 'post-log;' })
  expect(left.map(({ id }) => id)).toEqual([line(young)._id])
})
