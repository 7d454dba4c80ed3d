import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TeamBib } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { KeysDoc } from '../../design-docs/derived.ts'
import { ulid } from '../../design-docs/ids.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import { factMaker } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

const path = '/events/demo/teams/12/bib'
let made = 0
const decisionId = () =>
  ulid(
    Date.now(),
    Uint8Array.from({ length: 10 }, () => ++made),
  )

describe('the bib of a team', () => {
  let console: Console
  beforeAll(async () => {
    console = await openConsole()
    await console.write(factMaker('12').entry())
    await console.settled()
  })
  afterAll(() => console.close())

  const bib = async (who = console.admin) => (await who.ask<TeamBib>('GET', path)).body
  const correct = async (field: string, is: unknown) => {
    const decision = { id: decisionId(), ageMs: 0, team: '12', kind: 'correction', field, is }
    expect((await console.admin.ask('POST', '/events/demo/decisions', decision)).status).toBe(200)
    await console.settled()
  }
  /** As a phone reads it: by what is on the board. */
  const read = async (text: string) => {
    const keys = (await console.couch.database(databaseName('demo', 'board')).get('keys')) as unknown as KeysDoc
    return { ...(await readBib(text, { event: 'demo', keys: keys.ed25519 })), revoked: keys.revoked }
  }

  it('[CB10] is signed so that a phone that has only the board takes it', async () => {
    const answer = await bib()
    expect(answer).toMatchObject({ number: '12', name: 'Team', issue: 1, revoked: false })
    expect(answer.text).toMatch(/^ZK1:DEMO:12:1:[A-Z0-9]+:[A-Z2-7]{103}$/)
    expect(await read(answer.text)).toMatchObject({ result: 'ok', bib: { event: 'demo', number: '12', issue: 1 } })
    expect((await bib()).text).toBe(answer.text)
  })

  it('[CB11] reissued it has the next issue; until then a revoked one says so', async () => {
    const lost = await bib()
    await correct('revokedBibs', [1])
    expect(await bib()).toMatchObject({ issue: 1, revoked: true })
    await correct('bibIssue', 2)
    const next = await bib()
    expect(next).toMatchObject({ issue: 2, revoked: false })
    expect(await read(next.text)).toMatchObject({ result: 'ok', bib: { issue: 2 } })
    expect((await read(lost.text)).revoked).toContainEqual({ number: '12', issue: 1 })
  })

  it('[CB12] is shown to those who read the console, and only of teams that there are', async () => {
    for (const role of ['judge', 'core'] as const) expect((await bib(console.caller(role))).number).toBe('12')
    for (const role of ['staff', 'participant', 'display'] as const)
      expect((await console.caller(role).ask('GET', path)).status).toBe(403)
    expect((await console.admin.ask('GET', '/events/demo/teams/99/bib')).status).toBe(404)
    expect((await console.admin.ask('GET', '/events/demo/teams/x%2Fy/bib')).status).toBe(400)
  })
})
