import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgottenId, forgottenTeamId } from '../../design-docs/forgetting.ts'
import { ulid } from '../../design-docs/ids.ts'
import { type Mailing, mailingDocId } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { findEntrant } from '../../sync-server/entry/entrants.ts'
import { askAnew } from '../../sync-server/forget/forgotten-events.ts'
import { askTeamsAnew } from '../../sync-server/forget/forgotten-teams.ts'
import { issuePasscode } from '../../sync-server/login/passcodes.ts'
import { enterTeam, openEvent } from '../login/enter-team.ts'
import { type Behaviour, type MailServer, startMailServer } from './support/mail-server.ts'
import { openTestPost, type TestPost } from './support/open-post.ts'

let post: TestPost
let server: MailServer
let behaviour: Behaviour
let gone: string
beforeEach(async () => {
  post = await openTestPost()
  behaviour = {}
  server = await startMailServer({
    message: (to) => behaviour.message?.(to) ?? null,
    hold: async (to) => behaviour.hold?.(to),
    answer: (to) => behaviour.answer?.(to) ?? null,
  })
  const { doors } = post
  await openEvent(doors)
  // Each entry leaves its reply waiting.
  gone = await entered('gone@example.org')
  await entered('stays@example.org')
})
afterEach(async () => {
  await post.close()
  await server.kill()
})

async function entered(mail: string): Promise<string> {
  const { number } = await enterTeam(post.doors, { name: mail, mail })
  const { it, event } = post.doors
  await issuePasscode(it, { event, number })
  return number
}
async function queuePasscodes(): Promise<void> {
  for (const { draft } of await post.waiting()) await post.queue('passcode', [`passcode-${draft}`], { draft })
}
async function beginMailing(): Promise<void> {
  const id = ulid(post.clock.now(), randomBytes(10))
  const { event, clock } = { ...post.doors, clock: post.clock }
  const words = { subject: 'x', body: 'x', classIds: [] }
  const mailing: Mailing = {
    ...{ _id: mailingDocId(id), type: 'mailing', id, event, ...words, state: 'expanding', mails: 0 },
    ...{ createdAt: clock.now(), createdBy: 'a' },
  }
  await post.office.put(mailing as CouchDoc)
}
const forgetTeam = async () => {
  const { it, event } = post.doors
  const _id = forgottenTeamId(event, gone)
  await post.office.put({
    _id,
    type: 'forgotten-team',
    event,
    team: gone,
    state: 'closing',
    since: 1,
    by: 'a',
    late: 0,
  })
  askTeamsAnew(it, event)
}
const arrivedAt = (address: string) => server.arrived.filter(({ to }) => to === address).length
const open = () => post.open(post.stations(server.port, 'one:secret'), { isWritten: true })

test('[PO50] before anything is forgotten reply, passcode and mailing go out', async () => {
  await queuePasscodes()
  await beginMailing()
  await open().sendDue()
  expect([arrivedAt('gone@example.org'), arrivedAt('stays@example.org')]).toEqual([3, 3])
})

test('[PO50] of a team that is to be forgotten no waiting mail goes out: not the reply, the passcode or the mailing', async () => {
  await queuePasscodes()
  await beginMailing()
  await forgetTeam()
  await open().sendDue()
  expect([arrivedAt('gone@example.org'), arrivedAt('stays@example.org')]).toEqual([0, 3])
  expect(await post.waiting()).toEqual([])
})

test('[PO50] neither do those that were put off before', async () => {
  await beginMailing()
  behaviour.message = () => 451
  const office = open()
  await office.sendDue()
  expect(await post.waiting()).toHaveLength(4)
  await forgetTeam()
  delete behaviour.message
  for (let hour = 0; hour < 3; hour++) {
    post.clock.advance(3_600_000)
    await office.sendDue()
  }
  expect([arrivedAt('gone@example.org'), arrivedAt('stays@example.org')]).toEqual([0, 2])
  expect(await post.waiting()).toEqual([])
})

test('[PO50] one whose answer is lost while its team is forgotten does not come back', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let reached = () => {}
  const isOnItsWay = new Promise<void>((resolve) => {
    reached = resolve
  })
  const [mail] = (await post.waiting()).sort((one, other) => one.queuedAt - other.queuedAt)
  const { it, event } = post.doors
  const address = (await findEntrant(it, event, mail!.draft))!.entry.mail
  behaviour.hold = async (to) => {
    if (to !== address) return
    reached()
    await held
  }
  behaviour.answer = (to) => (to === address ? 'drop' : null)
  const office = open()
  const sending = office.sendDue()
  await isOnItsWay
  // As forgetting does: the entry and its mails go.
  const rows = [mail!._id, `entrant:${event}:${mail!.draft}`]
  const docs = await Promise.all(rows.map((id) => post.office.get(id)))
  await post.office.bulk(docs.map((doc) => ({ _id: doc!._id, _rev: doc!._rev, _deleted: true })))
  release()
  await sending
  delete behaviour.answer
  post.clock.advance(3_600_000)
  await office.sendDue()
  expect(arrivedAt(address)).toBe(1)
  expect(await post.waiting()).toEqual([])
})

test('[PO50] of an event that is to be forgotten nothing goes out, and nothing more is made of a mailing', async () => {
  await queuePasscodes()
  await beginMailing()
  const { it, event } = post.doors
  await post.office.put({ _id: forgottenId(event), type: 'forgotten', code: event, state: 'closing', since: 1 })
  askAnew(it, event)
  await open().sendDue()
  expect(server.arrived).toEqual([])
  expect(await post.waiting()).toEqual([])
})
