import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { type Outgoing, outgoing } from '../../design-docs/mail.ts'
import type { CouchDoc, Database } from '../../sync-server/couch/client.ts'
import { errorHandler } from '../../sync-server/gateway/answer-error.ts'
import { entrantOfNumber } from '../../sync-server/login/entrant-of-number.ts'
import type { Installation } from '../../sync-server/login/installation.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { passcodeRoutes } from '../../sync-server/login/passcode-routes.ts'
import { issuePasscode, standingPasscode, usePasscode } from '../../sync-server/login/passcodes.ts'
import { writeMail } from '../../sync-server/post/write-mail.ts'
import { saveContacts } from '../../sync-server/results/import-contacts.ts'
import { type Doors, jsonRequest, openDoors, type SignedIn } from '../gateway/open-doors.ts'
import { enterTeam, openEvent } from './enter-team.ts'

let doors: Doors
let started: number
beforeAll(async () => {
  doors = await openDoors()
  started = doors.clock.now
  await openEvent(doors)
})
beforeEach(() => {
  doors.clock.now = started
})
afterAll(() => doors.close())

const minute = 60_000
const sender = { baseUrl: 'https://zekken.example', domain: 'zekken.example' }

/** The sign-in's own routes over some view of the installation; what no answer waits for is done when told. */
function signInOver(it: Installation) {
  const waiting: (() => Promise<void>)[] = []
  const app = new Hono()
  app.onError(errorHandler(it.warn))
  app.route('/', passcodeRoutes(it, { later: (work) => waiting.push(work) }))
  const post = (path: string, body: object) => app.request(path, jsonRequest({ event: doors.event, ...body }))
  return {
    waiting,
    ask: (number: string) => post('/passcode/ask', { number }),
    async work() {
      for (const begin of waiting.splice(0)) await begin()
    },
    answer: (number: string, passcode: string, device = randomBytes(10).toString('hex')) =>
      post('/passcode', { number, passcode, device: { id: device, name: 'Phone', app: 'participant', version: '1' } }),
  }
}
const codeOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: string; figures?: Record<string, unknown> } }).error

const mailsOf = async (draft: string): Promise<Outgoing[]> => {
  const all = await readDocs(doors.it.office, 'outgoing', outgoing)
  return all.filter((mail) => mail.draft === draft && mail.kind === 'passcode')
}
/** The digits in what the post office would send now. */
const digitsIn = async (mail: Outgoing): Promise<string | undefined> =>
  /(?:パスコード|Passcode): (\d{6})\n/.exec((await writeMail(doors.it, mail, sender))?.text ?? '')?.[1]

/** Asks for a number's passcode and reads it out of the newest mail. */
async function passcodeOf({ number, draft }: { number: string; draft: string }): Promise<string> {
  const signIn = signInOver(doors.it)
  expect((await signIn.ask(number)).status).toBe(202)
  await signIn.work()
  const newest = (await mailsOf(draft)).sort((one, other) => one.queuedAt - other.queuedAt).at(-1)
  const digits = newest && (await digitsIn(newest))
  if (!digits) throw new Error('no passcode was mailed')
  return digits
}
const wrong = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0')

describe('a passcode', () => {
  test('[LG40] comes by mail and signs a phone in as the team', async () => {
    const team = await enterTeam(doors, { name: "O'Brien と 髙﨑", mail: 'misaki@example.org' })
    const passcode = await passcodeOf(team)
    const [mail] = await mailsOf(team.draft)
    const written = await writeMail(doors.it, mail!, sender)
    expect(written).toMatchObject({ to: 'misaki@example.org', attachments: [] })
    expect(written?.subject).not.toContain(passcode)
    expect(written?.html).toContain(passcode)
    const answer = await signInOver(doors.it).answer(team.number, passcode, 'phone0000001')
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as SignedIn).session).toEqual({
      account: `team-${doors.event}-${team.number}`,
      name: "O'Brien と 髙﨑",
      event: doors.event,
      role: 'participant',
      teams: [team.number],
      device: 'phone0000001',
    })
    expect(answer.headers.get('set-cookie')).toMatch(/^zekken-session=.*; HttpOnly; SameSite=Strict$/)
  })

  test('[LG40] reaches a team that came by a list, however the zeros before its number are typed', async () => {
    const { office, now } = doors.it
    const shown = { name: 'Owls', classIds: ['a'], members: [] }
    const contacts = [{ team: '0077', contact: { mail: 'owls@example.org' }, shown }]
    await saveContacts({ office, event: doors.event, now }, contacts)
    const draft = (await entrantOfNumber(doors.it, doors.event, '0077'))?.draft ?? ''
    const passcode = await passcodeOf({ number: '77', draft })
    const answer = await signInOver(doors.it).answer('077', passcode)
    expect(((await answer.json()) as SignedIn).session).toMatchObject({ teams: ['0077'], name: 'Owls' })
  })

  test('[LG41] stands nowhere in the database, and cannot be made without the installation’s key', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const rows = await doors.it.office.all({ includeDocs: true })
    const ofTeam = rows.filter(({ doc }) => JSON.stringify(doc).includes(team.draft) || doc?.number === team.number)
    expect(ofTeam.map(({ id }) => id.split(':')[0])).toEqual(expect.arrayContaining(['outgoing', 'passcode']))
    for (const { doc } of ofTeam) {
      const { _rev, ...content } = doc as CouchDoc
      expect(JSON.stringify(content)).not.toContain(passcode)
    }
    const of = { event: doors.event, number: team.number }
    const stolen = { ...doors.it, keys: { ...doors.it.keys, hmac: randomBytes(32) } }
    const tried = await Promise.all([0, 1, 2].map(async () => (await standingPasscode(stolen, of))?.digits))
    expect(tried).not.toContain(passcode)
    expect((await standingPasscode(doors.it, of))?.digits).toBe(passcode)
  })

  test('[LG42] is used once: replayed by another phone it opens nothing, by the same one for two minutes', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const { answer } = signInOver(doors.it)
    expect((await answer(team.number, passcode, 'phone0000002')).status).toBe(200)
    expect((await codeOf(await answer(team.number, passcode, 'phone0000003'))).code).toBe('ZK-AUTH-006')
    expect((await answer(team.number, passcode, 'phone0000002')).status).toBe(200)
    doors.clock.now += 2 * minute + 1
    expect((await codeOf(await answer(team.number, passcode, 'phone0000002'))).code).toBe('ZK-AUTH-006')
  })

  test('[LG42] lets in one of many phones that use it at once', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const { answer } = signInOver(doors.it)
    const answers = await Promise.all(Array.from({ length: 8 }, () => answer(team.number, passcode)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('[LG43] holds for ten minutes, and a mail that is late says nothing', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    doors.clock.now += 10 * minute
    expect((await signInOver(doors.it).answer(team.number, passcode)).status).toBe(403)
    expect(await writeMail(doors.it, (await mailsOf(team.draft))[0]!, sender)).toBeNull()
  })

  test('[LG44] is over after five wrong tries, whatever the hour allows', async () => {
    const { number } = await enterTeam(doors)
    const of = { event: doors.event, number }
    await issuePasscode(doors.it, of)
    const { digits } = (await standingPasscode(doors.it, of))!
    const miss = () => usePasscode(doors.it, of, { digits: wrong(digits), device: 'phone0000004' })
    for (let n = 0; n < 5; n++) await expect(miss()).rejects.toMatchObject({ code: 'ZK-AUTH-006' })
    const right = usePasscode(doors.it, of, { digits, device: 'phone0000004' })
    await expect(right).rejects.toMatchObject({ code: 'ZK-AUTH-006' })
  })

  test('[LG50] asked for again is the same while most of its time is left, and then another', async () => {
    const team = await enterTeam(doors)
    const first = await passcodeOf(team)
    doors.clock.now += minute
    expect(await passcodeOf(team)).toBe(first)
    expect(await mailsOf(team.draft)).toHaveLength(2)
    doors.clock.now += 5 * minute
    const other = await passcodeOf(team)
    expect((await signInOver(doors.it).answer(team.number, other)).status).toBe(200)
  })
})

describe('guesses', () => {
  test('[LG45] are three an hour for a number; then even the right digits wait, with the time that is left', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const { answer } = signInOver(doors.it)
    for (const left of [2, 1, 0]) {
      expect(await codeOf(await answer(team.number, wrong(passcode)))).toMatchObject({
        code: 'ZK-AUTH-006',
        figures: { left },
      })
      doors.clock.now += minute
    }
    const waiting = await answer(team.number, passcode)
    expect([waiting.status, await codeOf(waiting)]).toMatchObject([
      429,
      { code: 'ZK-AUTH-005', figures: { retryAfterMs: 57 * minute } },
    ])
    doors.clock.now += 57 * minute
    const next = await passcodeOf(team)
    expect((await answer(team.number, next)).status).toBe(200)
  })

  test('[LG45] are counted in the data: a restart or another process forgives none', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    for (let n = 0; n < 3; n++) await signInOver({ ...doors.it }).answer(team.number, wrong(passcode))
    expect((await signInOver({ ...doors.it }).answer(team.number, passcode)).status).toBe(429)
  })

  test('[LG45] made at once, by several processes, are no more than three', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const processes = [signInOver({ ...doors.it }), signInOver({ ...doors.it })]
    const tries = Array.from({ length: 24 }, (_, n) =>
      processes[n % 2]!.answer(team.number, String(n).padStart(6, passcode === '000000' ? '1' : '0')),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    const compared = statuses.filter((status) => status === 403 || status === 200)
    expect(compared.length).toBeGreaterThan(0)
    expect(compared.length).toBeLessThanOrEqual(3)
  })

  test('[LG45] of one who gets in are forgotten', async () => {
    const team = await enterTeam(doors)
    const passcode = await passcodeOf(team)
    const { answer } = signInOver(doors.it)
    for (let n = 0; n < 2; n++) await answer(team.number, wrong(passcode))
    expect((await answer(team.number, passcode, 'phone0000005')).status).toBe(200)
    expect(await codeOf(await answer(team.number, wrong(passcode)))).toMatchObject({ figures: { left: 2 } })
  })

  test('[LG46] for one number written in many ways are for one number', async () => {
    const { number } = await enterTeam(doors)
    const { answer } = signInOver(doors.it)
    const wide = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    for (const typed of [number, `00${number}`, ` ${wide} `]) {
      expect((await codeOf(await answer(typed, '000000'))).code).toBe('ZK-AUTH-006')
    }
    expect((await answer(`0${number}`, '000000')).status).toBe(429)
  })
})

/** Every call to the database, by what is asked of which kind of document. */
function counted(it: Installation): { it: Installation; calls: string[] } {
  const calls: string[] = []
  const kindOf = (given: unknown) => {
    const id = typeof given === 'string' ? given : String((given as { _id?: string })._id)
    return id.split(':').slice(0, 2).join(':').replace(doors.event, '…')
  }
  const watch = (database: Database): Database =>
    new Proxy(database, {
      get(target, name) {
        const value = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          calls.push(`${database.name === it.office.name ? 'office' : 'event'} ${String(name)} ${kindOf(given[0])}`)
          return (value as (...all: unknown[]) => unknown).apply(target, given)
        }
      },
    })
  const couch = { ...it.couch, database: (name: string) => watch(it.couch.database(name)) }
  return { it: { ...it, couch, office: watch(it.office) }, calls }
}

describe('whether a number exists', () => {
  test('[LG47] is not in the answer to asking, which is there before anybody has looked', async () => {
    const team = await enterTeam(doors)
    const { it, calls } = counted(doors.it)
    const signIn = signInOver(it)
    const answers = [await signIn.ask(team.number), await signIn.ask('999999'), await signIn.ask('NOBODY')]
    expect(calls).toEqual([])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    const headers = answers.map((answer) => JSON.stringify([...answer.headers]))
    expect(new Set(headers).size).toBe(1)
    await signIn.work()
    expect(await mailsOf(team.draft)).toHaveLength(1)
  })

  test('[LG47] costs a wrong answer the same reads and writes, and says the same', async () => {
    const team = await enterTeam(doors)
    const numbers = [team.number, '888888']
    const asked = signInOver(doors.it)
    for (const number of numbers) await asked.ask(number)
    await asked.work()
    const told = await Promise.all(
      numbers.map(async (number) => {
        const { it, calls } = counted(doors.it)
        const { answer } = signInOver(it)
        const said: unknown[] = []
        for (const _ of [1, 2, 3, 4]) {
          const got = await answer(number, '123456')
          const error = await codeOf(got)
          said.push([got.status, error.code, error.figures?.left, error.figures?.retryAfterMs])
        }
        return { calls, said }
      }),
    )
    expect(told[0]?.calls.length).toBeGreaterThan(8)
    expect(told[1]).toEqual(told[0])
    expect(told[0]?.said).toEqual([
      [403, 'ZK-AUTH-006', 2, undefined],
      [403, 'ZK-AUTH-006', 1, undefined],
      [403, 'ZK-AUTH-006', 0, undefined],
      [429, 'ZK-AUTH-005', undefined, 60 * minute],
    ])
  })

  test('[LG47] is told to nobody by the right digits of a number that nobody entered with', async () => {
    const of = { event: doors.event, number: '777777' }
    await issuePasscode(doors.it, of)
    const { digits } = (await standingPasscode(doors.it, of))!
    expect((await codeOf(await signInOver(doors.it).answer(of.number, digits))).code).toBe('ZK-AUTH-006')
  })
})

describe('mails', () => {
  test('[LG48] go out once a minute and six times an hour for a number', async () => {
    const team = await enterTeam(doors)
    const signIn = signInOver(doors.it)
    for (let n = 0; n < 30; n++) {
      expect((await signIn.ask(team.number)).status).toBe(202)
      await signIn.work()
      doors.clock.now += 20_000
    }
    expect(await mailsOf(team.draft)).toHaveLength(6)
    doors.clock.now += 60 * minute
    await signIn.ask(team.number)
    await signIn.work()
    expect(await mailsOf(team.draft)).toHaveLength(7)
  })

  test('[LG48] to one address are twenty an hour, however many teams it entered', async () => {
    const signIn = signInOver(doors.it)
    const drafts: string[] = []
    for (let n = 0; n < 21; n++) {
      const { draft, number } = await enterTeam(doors, { mail: n % 2 ? 'School@example.org' : 'school@example.org' })
      drafts.push(draft)
      await signIn.ask(number)
    }
    await signIn.work()
    const mailed = await Promise.all(drafts.map(async (draft) => (await mailsOf(draft)).length))
    expect(mailed.reduce((sum, one) => sum + one, 0)).toBe(20)
  })

  test('[LG49] that cannot be queued keep nobody waiting, and the next one goes', async () => {
    const team = await enterTeam(doors)
    const office = new Proxy(doors.it.office, {
      get: (target, name) => (name === 'put' ? () => Promise.reject(new Error('full')) : Reflect.get(target, name)),
    })
    const broken = signInOver({ ...doors.it, office })
    expect((await broken.ask(team.number)).status).toBe(202)
    await expect(broken.work()).rejects.toThrow('full')
    expect(await passcodeOf(team)).toMatch(/^\d{6}$/)
  })

  test('[LG49] go to nobody who has withdrawn, and to no event that is not here', async () => {
    const team = await enterTeam(doors)
    const headers = { authorization: `Entry ${team.editToken}` }
    const path = `/api/events/${doors.event}/entries/${team.draft}`
    expect((await doors.app.request(path, { method: 'DELETE', headers })).status).toBe(200)
    const signIn = signInOver(doors.it)
    await signIn.ask(team.number)
    await signIn.work()
    expect(await mailsOf(team.draft)).toHaveLength(0)
  })
})

test('[LG51] one network address asks and answers 120 times a minute', async () => {
  const { ask } = signInOver(doors.it)
  const statuses: number[] = []
  for (let n = 0; n < 121; n++) statuses.push((await ask(String(n + 5000))).status)
  expect([statuses[119], statuses[120]]).toEqual([202, 429])
})

test('[LG52] events are listed for sign-in by name, without those that are still a draft', async () => {
  const listed = async () => {
    const answer = await doors.app.request('/api/login/events')
    return ((await answer.json()) as { events: { code: string }[] }).events.map(({ code }) => code)
  }
  expect(await listed()).toContain(doors.event)
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  await desk.put({ ...(await desk.get('event')), _id: 'event', phase: 'draft' })
  expect(await listed()).not.toContain(doors.event)
  await desk.put({ ...(await desk.get('event')), _id: 'event', phase: 'open' })
})

test('[LG40] the whole way through the server’s own doors', async () => {
  const team = await enterTeam(doors)
  const asked = await doors.app.request(
    '/api/login/passcode/ask',
    jsonRequest({ event: doors.event, number: team.number }),
  )
  expect(asked.status).toBe(202)
  await expect.poll(async () => (await mailsOf(team.draft)).length, { timeout: 20_000 }).toBe(1)
  const passcode = await digitsIn((await mailsOf(team.draft))[0]!)
  const device = { id: 'phone0000009', name: 'Phone', app: 'participant', version: '1' }
  const body = jsonRequest({ event: doors.event, number: team.number, passcode, device })
  const answer = await doors.app.request('/api/login/passcode', body)
  const { accessToken } = (await answer.json()) as SignedIn
  const beat = { version: '1', unsent: 0, photosUnsent: 0, oldestUnsentAt: null, clockOffsetMs: 0 }
  const bearer = { authorization: `Bearer ${accessToken}` }
  expect((await doors.app.request('/api/devices/heartbeat', jsonRequest(beat, bearer))).status).toBe(200)
})
