import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { forgottenTeamId } from '../../design-docs/forgetting.ts'
import { redactFact, withoutPeople } from '../../functions/rules/redact-fact.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { askTeamsAnew, findForgottenTeam, forgottenTeams } from '../../sync-server/forget/forgotten-teams.ts'
import { markOf } from '../../sync-server/forget/redact-late.ts'
import { renameTeam } from '../../sync-server/kept/rename-team.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { setTeamPassword, teamCredentialId } from '../../sync-server/login/team-password.ts'
import { previewTeams } from '../../sync-server/results/import-teams.ts'
import { readTeams } from '../../sync-server/results/read-teams.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone, type Sent } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

let doors: Doors
let phone: Phone
let team: Phone
let early: string
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('core')
  team = await doors.signIn('participant', { teams: ['12'] })
  const { event } = doors
  const draft = { event, role: 'participant', teams: ['12'], name: secret, ttlMinutes: 60, by: 'hanako' } as const
  early = (await createInvitation(doors.it, draft)).token
  await doors.it.office.put({
    ...{ _id: forgottenTeamId(event, '12'), type: 'forgotten-team', event, team: '12', state: 'done' },
    ...{ since: 1, by: 'hanako', late: 0 },
  })
  askTeamsAnew(doors.it, event)
})
afterAll(async () => {
  await doors.it.office.bulk(
    (await doors.it.office.all({ keys: [forgottenTeamId(doors.event, '12')] })).map(({ id, rev }) => ({
      ...{ _id: id, _rev: rev, _deleted: true },
    })),
  )
  await doors.close()
})

const secret = '川原町の花子'
const log = () => doors.couch.database(doors.log)
const revsDiff = async (docs: readonly Sent[]) => {
  const asked = Object.fromEntries(docs.map(({ _id, _rev }) => [_id, [_rev]]))
  const answer = await phone.fetch(`/db/${phone.generation}/${doors.log}/_revs_diff`, jsonRequest(asked))
  return await answer.json()
}

test('[FT4] what comes late of a forgotten team is kept without what it says of people, known as delivered, and counted', async () => {
  const chat = phone.fact('chat', { text: secret })
  const photo = phone.fact('photo')
  const preview = { content_type: 'image/jpeg', data: jpeg(300).toString('base64') }
  const withPreview = { ...photo, _attachments: { preview } }
  const checkin = phone.fact('checkin')
  const other = phone.fact('chat', { team: '13', text: secret })
  const own = phone.fact('notice', { team: undefined, title: secret, audience: { teams: ['12'] } })
  const shared = phone.fact('notice', { team: undefined, title: secret, audience: { teams: ['12', '13'] } })
  const all = [chat, photo, checkin, other, own, shared]
  const answer = await phone.push([chat, withPreview, checkin, other, own, shared])
  expect([answer.status, await answer.json()]).toEqual([201, []])
  expect(await revsDiff(all)).toEqual({})
  expect(await log().get(chat._id)).toMatchObject({ text: '—', at: chat.at, redacted: { by: 'late', rev: chat._rev } })
  expect(await log().get(photo._id)).not.toHaveProperty('_attachments')
  expect(await log().get(checkin._id)).toMatchObject({ _rev: checkin._rev })
  expect(await log().get(other._id)).toMatchObject({ text: secret })
  expect(await log().get(own._id)).toMatchObject({ title: '—' })
  expect(await log().get(shared._id)).toMatchObject({ title: secret })
  // Not even as an earlier revision.
  expect(await log().get(chat._id, { rev: chat._rev })).toBeNull()
  const arrivals = (await log().all({ startkey: '12:arrival:', endkey: '12:arrival;', includeDocs: true })).flatMap(
    ({ doc }) => doc?.facts as string[],
  )
  expect(arrivals).toEqual(expect.arrayContaining([chat._id, photo._id, checkin._id]))
  expect(await findForgottenTeam(doors.it, doors.event, '12')).toMatchObject({ late: 2 })
  // Sent again it is known, and its original is wanted by nobody.
  expect(await (await phone.push([chat, withPreview])).json()).toEqual([])
  expect(await findForgottenTeam(doors.it, doors.event, '12')).toMatchObject({ late: 2 })
  expect(await (await phone.fetch(`/api/film/${photo._id}`)).json()).toEqual({ stored: true })
})

test('[FT5] the log lets a fact be changed by the server alone, once, and into nothing but its redacted form', async () => {
  const chat = phone.fact('chat', { team: '13', text: secret })
  await phone.push([chat])
  const { _revisions, ...sent } = chat as Sent & { _revisions: unknown }
  const bare = withoutPeople(sent)
  if (!bare) throw new Error('nothing to redact')
  const redacted = redactFact(bare, markOf(doors.it, chat, 'hanako')) as Fact & CouchDoc
  const tryTo = async (doc: object, headers: Record<string, string> = {}) => {
    const admin = { authorization: doors.couch.authorization }
    const init = { ...jsonRequest(doc, { ...admin, ...headers }) }
    const answer = await doors.couch.request(`/${doors.log}`, init)
    return [answer.status, ((await answer.json()) as { reason?: string }).reason]
  }
  const refused = [403, 'ZK-GATE-007']
  expect(await tryTo({ ...sent, text: 'something else' })).toEqual(refused)
  expect(await tryTo({ ...redacted, redacted: undefined })).toEqual(refused)
  expect(await tryTo({ ...redacted, redacted: { ...redacted.redacted, rev: `1-${'0'.repeat(32)}` } })).toEqual(refused)
  for (const change of [{ at: 5 }, { team: '14' }, { by: 'x' }, { as: 'judge' }, { type: 'help' }, { device: 'x' }])
    expect([change, ...(await tryTo({ ...redacted, ...change }))]).toEqual([change, ...refused])
  const attachment = { preview: { content_type: 'image/jpeg', data: '/9j/' } }
  expect(await tryTo({ ...redacted, _attachments: attachment })).toEqual(refused)
  // Nobody else, past the gateway or through it.
  expect((await tryTo(redacted, phone.bearer))[0]).toBe(403)
  expect(await (await phone.push([{ ...phone.fact('chat'), redacted: redacted.redacted }])).json()).toMatchObject([
    { code: 'ZK-GATE-007' },
  ])
  const past = { ...phone.fact('chat', { team: '13' }), redacted: redacted.redacted }
  const init = jsonRequest({ docs: [past], new_edits: false }, phone.bearer)
  await doors.couch.request(`/${doors.log}/_bulk_docs`, init)
  expect(await log().get(past._id)).toBeNull()
  expect(await log().put(redacted)).toMatch(/^2-/)
  const second = await log().get(chat._id)
  expect(await tryTo({ ...second, text: 'again' })).toEqual(refused)
  // The phone's own push of what it wrote is known.
  expect(await (await phone.push([chat])).json()).toEqual([])
})

test('[FT6] who speaks for a forgotten team alone hears so at once, by an order to this device; an agent of others works on', async () => {
  const answer = await team.fetch('/api/devices/own')
  const { error } = (await answer.json()) as { error: { code: string; figures: { order: string } } }
  expect([answer.status, error.code]).toEqual([410, 'ZK-AUTH-010'])
  const [, payload = ''] = error.figures.order.split('.')
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    ...{ event: doors.event, device: team.session.device, order: 'forget' },
  })
  expect((await team.push([team.fact('help', { text: secret })])).status).toBe(410)
  const agent = await doors.signIn('agent', { teams: ['12', '13'] })
  const said = agent.fact('help', { text: secret })
  expect((await agent.push([said])).status).toBe(201)
  expect(await log().get(said._id)).not.toHaveProperty('text')
  expect((await phone.fetch('/api/devices/own')).status).toBe(200)
})

test('[FT13] nobody is let in for a forgotten team any more, and nothing new is said of it', async () => {
  const { it, event } = doors
  const refused = { code: 'ZK-AUTH-010' }
  const draft = { event, role: 'participant', name: secret, ttlMinutes: 60, by: 'hanako' } as const
  await expect(createInvitation(it, { ...draft, teams: ['12'] })).rejects.toMatchObject(refused)
  await expect(setTeamPassword(it, { event, team: '12', password: 'long enough' })).rejects.toMatchObject(refused)
  const renaming = { event_code: event, zekken_number: '12', new_team_name: secret }
  const caller = { account: 'hanako', device: 'desk0001', event, roles: ['admin'], teams: [], session: 'one' } as const
  await expect(renameTeam(it, renaming, { ...caller, expiresAt: doors.clock.now + 60_000 })).rejects.toMatchObject(
    refused,
  )
  expect(await it.office.get(teamCredentialId(event, '12'))).toBeNull()
  await setTeamPassword(it, { event, team: '13', password: 'long enough' })
  const device = { id: 'latephone', name: 'Phone', app: 'participant', version: '1' }
  const answer = await doors.app.request('/api/login/invitation', jsonRequest({ token: early, device }))
  const { error } = (await answer.json()) as { error: { code: string; figures?: object } }
  // No order to let go: the phone may be somebody else's as well.
  expect([answer.status, error.code, error.figures ?? {}]).toEqual([410, 'ZK-AUTH-010', {}])

  const teams = readTeams('number,name,class\n12,Hanako,a\n13,Others,a', eventDoc().classes).teams
  const known = { teams: new Map(), contacts: new Map(), forgotten: await forgottenTeams(it, event) }
  const { lines, entries } = previewTeams(teams, known)
  expect(lines).toMatchObject([{ does: 'bad', notes: [{ field: 'number', problem: 'forgotten' }] }, { does: 'add' }])
  expect(entries.map((entry) => entry.team)).toEqual(['13'])
})
