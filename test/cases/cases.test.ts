import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAnswer, CodeRow } from '../../design-docs/cases.ts'
import { errorHelp } from '../../design-docs/error-help.ts'
import { errorTable } from '../../design-docs/errors.ts'
import { readCode } from '../../sync-server/cases/case-routes.ts'
import { pruneCases } from '../../sync-server/cases/prune-cases.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let judge: Phone
let team: Phone
beforeAll(async () => {
  doors = await openDoors()
  await registerEvent(doors.couch, { code: doors.event, createdAt: 1 })
  judge = await doors.signIn('judge')
  team = await doors.signIn('participant', { teams: ['12'] })
})
afterAll(() => doors.close())

const path = (rest: string) => `/api/events/${doors.event}/${rest}`
async function cases(asked: Record<string, string>): Promise<CaseAnswer> {
  const answer = await judge.fetch(path(`cases?${new URLSearchParams(asked)}`))
  expect(answer.status).toBe(200)
  return (await answer.json()) as CaseAnswer
}
/** An error is noted after its answer is on its way. */
const found = (asked: Record<string, string>, count: number) =>
  expect.poll(async () => (await cases(asked)).cases.length).toBe(count)

test('[EC1] every code has words, cause and remedy in both languages, and the console gets them all', async () => {
  const { codes } = (await (await judge.fetch(path('codes'))).json()) as { codes: CodeRow[] }
  expect(codes.map(({ code }) => code)).toEqual(Object.keys(errorTable).sort())
  expect(Object.keys(errorHelp).sort()).toEqual(Object.keys(errorTable).sort())
  for (const { code, words, cause, remedy } of codes) {
    for (const text of [words, cause, remedy]) {
      expect(text.ja, code).toMatch(/[ぁ-んァ-ヶ一-龠]/)
      expect(text.en, code).toMatch(/^[A-Z][^ぁ-ん一-龠]+[.]$/)
    }
  }
})

test.each([
  ['ZK-GATE-005', 'ZK-GATE-005'],
  ['zk gate 5', 'ZK-GATE-005'],
  ['gate5', 'ZK-GATE-005'],
  ['ＺＫ－ＡＵＴＨ－００６', 'ZK-AUTH-006'],
  ['ZK-FACT-04', 'ZK-FACT-004'],
  ['', ''],
  ['?', '?'],
])('[EC2] read out as %s it is understood as %s', (text, code) => {
  expect(readCode(text)).toBe(code)
})

test('[EC3] what a team was refused on a screen is found by its number and code, with device, route and time', async () => {
  expect((await team.fetch(path('overview'))).status).toBe(403)
  await found({ number: '12', code: 'auth 2' }, 1)
  await team.fetch(path('overview'))
  await expect.poll(async () => (await cases({ number: '12' })).cases[0]?.times).toBe(2)
  const answer = await cases({ number: ' １２ ', code: '' })
  expect(answer.cases[0]).toMatchObject({
    kind: 'error',
    code: 'ZK-AUTH-002',
    route: 'GET /api/events/{event}/overview',
    device: team.session.device,
    account: team.session.account,
    numbers: ['12'],
    at: doors.clock.now,
  })
  expect((await cases({ number: '13' })).cases).toEqual([])
  expect((await cases({ number: '12', code: 'ZK-GATE-005' })).cases).toEqual([])
})

test('[EC4] a failed sign-in is found by the number that was given, whether it exists or not, without what was typed as a secret', async () => {
  const device = { id: 'somephone0', name: 'Phone', app: 'participant', version: '1' }
  const secret = 'gifu castle 1567'
  const asked = { event: doors.event, number: '４４４', password: secret, device }
  expect((await doors.app.request('/api/login/team', jsonRequest(asked))).status).toBe(403)
  await found({ number: '444' }, 1)
  const code = { event: doors.event, number: '555', passcode: '918273', device }
  expect((await doors.app.request('/api/login/passcode', jsonRequest(code))).status).toBe(403)
  await found({ number: '555', code: 'ZK-AUTH-006' }, 1)
  const docs = JSON.stringify(await doors.it.office.all({ startkey: 'case:', endkey: 'case;', includeDocs: true }))
  expect(docs).toContain('444')
  for (const kept of [secret, '918273']) expect(docs).not.toContain(kept)
})

test('[EC5] a record that was turned away is found by its team’s number, its device’s team and its code', async () => {
  const other = await doors.signIn('participant', { teams: ['77'] })
  const forged = other.fact('checkin', { team: '77', by: 'someone.else' })
  expect((await other.push([forged])).status).toBe(201)
  const answer = await cases({ number: '77', code: 'ZK-GATE-005' })
  expect(answer.code).toBe('ZK-GATE-005')
  expect(answer.cases).toEqual([
    expect.objectContaining({ kind: 'record', about: forged._id, device: other.session.device, deviceName: 'Phone' }),
  ])
  const foreign = other.fact('checkin', { team: '78' })
  await other.push([foreign])
  const abouts = (await cases({ number: '77' })).cases.map(({ about }) => about)
  expect(abouts.sort()).toEqual([forged._id, foreign._id].sort())
})

test('[EC6] work about a team that failed too often is found by its number and the code in its error', async () => {
  await doors.it.office.put({
    _id: `parked:${doors.event}:settle:66`,
    type: 'parked',
    event: doors.event,
    function: 'settle',
    key: '66',
    error: 'ZK-SYS-001: boom',
    firstAt: 1,
    lastAt: 2,
    tries: 5,
    nextAt: null,
    state: 'parked',
  })
  expect((await cases({ number: '66', code: 'sys 1' })).cases).toEqual([
    expect.objectContaining({ kind: 'parked', about: '66', times: 5 }),
  ])
})

test('[EC7] a storm of errors writes thirty in ten seconds and no more, and answers as before', async () => {
  doors.clock.now += 60_000
  const before = (await cases({})).cases.length
  const storm = Array.from({ length: 60 }, (_, n) =>
    doors.app.request(
      '/api/login/passcode',
      jsonRequest({
        event: doors.event,
        number: `9${n}`,
        passcode: '000000',
        device: { id: 'somephone0', name: '', app: 'participant', version: '1' },
      }),
    ),
  )
  for (const answer of await Promise.all(storm)) expect(answer.status).toBe(403)
  await found({}, before + 30)
})

test('[EC8] after a fortnight a case is gone', async () => {
  const { cases: before } = await cases({})
  const errors = before.filter(({ kind }) => kind === 'error').length
  expect(errors).toBeGreaterThan(30)
  expect(await pruneCases(doors.it)).toBe(0)
  const later = { office: doors.it.office, now: () => doors.clock.now + 14 * 24 * 3_600_000 }
  expect(await pruneCases(later)).toBe(errors)
  expect((await cases({})).cases.filter(({ kind }) => kind === 'error')).toEqual([])
})
