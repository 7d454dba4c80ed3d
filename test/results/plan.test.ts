import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlanEffect, PlanPage } from '../../design-docs/console.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { RankingPage } from '../../design-docs/rankings.ts'
import { atMinute, factMaker, north } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

const plan = '/events/demo/plan'
const town = { lat: 35.36, lng: 138.72 }

/** Three teams at checkpoint 1, ten, thirty and forty-five metres away from it, all back in time. */
const stories = ['11', '12', '13'].flatMap((team, index) => {
  const facts = factMaker(team)
  const position = { ...north(town, 1000 + [10, 30, 45][index]!), accuracyMeters: 5 }
  const checkin = facts.recorded('1', atMinute(20 + index), { position })
  return [
    facts.entry({ name: `Team ${team}` }),
    checkin,
    facts.photo(checkin, { position }),
    facts.scanned('S1', atMinute(40)),
    facts.scanned('GO', atMinute(100 + index)),
  ]
})

describe('the plan', () => {
  let console: Console
  beforeEach(async () => {
    console = await openConsole()
    await console.write(...stories)
    await console.settled()
  })
  afterEach(() => console.close())

  const read = async () => (await console.admin.ask<PlanPage>('GET', plan)).body
  const withRadius = (event: EventDoc, radiusMeters: number) => ({ ...event, rules: { ...event.rules, radiusMeters } })
  const netByTeam = async () => {
    const { body } = await console.admin.ask<RankingPage>('GET', '/events/demo/rankings/a')
    return Object.fromEntries(body.ranking!.rows.map(({ team, net, place }) => [team, [net, place]]))
  }

  it('[CP1] the effect shown before saving is the effect that saving has', async () => {
    // Seen on course, but entered nowhere: no team that a plan could move.
    await console.write(factMaker('99').scanned('1', atMinute(30)))
    await console.settled()
    const before = await netByTeam()
    const wanted = withRadius((await read()).event, 30)
    const { body: effect } = await console.admin.ask<PlanEffect>('POST', `${plan}/preview`, { event: wanted })
    expect(effect.teamsLookedAt).toBe(3)
    expect(await netByTeam()).toEqual(before)
    expect((await console.admin.ask('PUT', `${plan}/event`, wanted)).status).toBe(200)
    await console.settled()
    const after = await netByTeam()
    const expected = Object.keys(after)
      .filter((team) => JSON.stringify(after[team]) !== JSON.stringify(before[team]))
      .map((team) => [team, before[team]?.[0], after[team]?.[0]])
    expect(effect.teams.map((one) => [one.team, one.netBefore, one.netAfter]).sort()).toEqual(expected.sort())
    expect(effect.teams.map(({ team }) => team)).toContain('13')
    expect(effect.teams.map(({ team }) => team)).not.toContain('11')
  })

  it('[CP2] a change of a checkpoint shows its effect, places included', async () => {
    const checkpoint = (await read()).checkpoints.find(({ number }) => number === '1')!
    const wanted = { ...checkpoint, cancelled: true }
    const { body } = await console.admin.ask<PlanEffect>('POST', `${plan}/preview`, { checkpoints: [wanted] })
    expect(body.teams).toHaveLength(3)
    expect(body.teams[0]).toMatchObject({ netBefore: 25, netAfter: 15, checkinsChanged: 1 })
    const same = await console.admin.ask<PlanEffect>('POST', `${plan}/preview`, { checkpoints: [checkpoint] })
    expect(same.body).toMatchObject({ teams: [], blocked: false })
  })

  it('[CP3] who saved meanwhile is shown, never overwritten', async () => {
    const { event, checkpoints } = await read()
    const theirs = await console.caller('admin', 'other').ask('PUT', `${plan}/event`, withRadius(event, 45))
    expect(theirs.status).toBe(200)
    const mine = await console.admin.ask('PUT', `${plan}/event`, withRadius(event, 60))
    expect(mine.status).toBe(409)
    expect(mine.body).toMatchObject({
      error: { code: 'ZK-PLAN-001', figures: { theirs: { rules: { radiusMeters: 45 } } } },
    })
    expect((await read()).event.rules.radiusMeters).toBe(45)
    const [checkpoint] = checkpoints
    const { _rev, ...fresh } = checkpoint!
    const again = await console.admin.ask('PUT', `${plan}/checkpoints/${checkpoint!.number}`, fresh)
    expect(again.body).toMatchObject({ error: { code: 'ZK-PLAN-005' } })
  })

  it('[CP4] frozen results do not move before an explicit unfreeze', async () => {
    const { event } = await read()
    const frozen = await console.admin.ask<EventDoc>('PUT', `${plan}/event`, {
      ...event,
      rankingFrozenAt: atMinute(200),
    })
    expect(frozen.status).toBe(200)
    const tighter = withRadius(frozen.body, 20)
    const { body } = await console.admin.ask<PlanEffect>('POST', `${plan}/preview`, { event: tighter })
    expect(body.blocked).toBe(true)
    expect((await console.admin.ask('PUT', `${plan}/event`, tighter)).body).toMatchObject({
      error: { code: 'ZK-PLAN-003' },
    })
    const { rankingFrozenAt, ...thawedAndTighter } = tighter
    expect((await console.admin.ask('PUT', `${plan}/event`, thawedAndTighter)).status).toBe(409)
    const renamed = { ...frozen.body, name: { ja: '新しい名前', en: 'New name' } }
    const saved = await console.admin.ask<EventDoc>('PUT', `${plan}/event`, renamed)
    expect(saved.status).toBe(200)
    const { rankingFrozenAt: _, ...thawed } = saved.body
    const free = await console.admin.ask<EventDoc>('PUT', `${plan}/event`, thawed)
    expect(free.status).toBe(200)
    expect((await console.admin.ask('PUT', `${plan}/event`, withRadius(free.body, 20))).status).toBe(200)
  })

  it('[CP5] every bad field is named', async () => {
    const { event } = await read()
    const bad = {
      ...event,
      endsAt: event.startsAt,
      timeZone: 'Nowhere/None',
      classes: [event.classes[0], event.classes[0]],
    }
    const { body } = await console.admin.ask('PUT', `${plan}/event`, bad)
    expect(body).toMatchObject({
      error: {
        code: 'ZK-PLAN-002',
        figures: {
          fields: [
            { field: 'endsAt', problem: 'before-start' },
            { field: 'timeZone', problem: 'unknown' },
            { field: 'classes.1.id', problem: 'twice' },
          ],
        },
      },
    })
    const noNumber = await console.admin.ask('PUT', `${plan}/event`, withRadius(event, -1))
    expect(noNumber.body).toMatchObject({
      error: { code: 'ZK-PLAN-002', figures: { fields: [{ field: 'rules.radiusMeters' }] } },
    })
  })

  it('[CP6] a reference photo is shrunk, loses its EXIF, and stays through later edits', async () => {
    const path = `${plan}/checkpoints/1/reference`
    const picture = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#246' } })
      .withExif({ IFD0: { Copyright: 'someone' } })
      .jpeg()
      .toBuffer()
    expect((await console.admin.ask('PUT', path, new Uint8Array(picture))).status).toBe(200)
    const checkpoint = (await read()).checkpoints.find(({ number }) => number === '1')!
    expect(checkpoint.hasReference).toBe(true)
    expect((await console.admin.ask('PUT', `${plan}/checkpoints/1`, { ...checkpoint, points: 11 })).status).toBe(200)
    const response = await console.app.request(`/api${path}`, {
      headers: { authorization: `Bearer ${await console.token('judge')}` },
    })
    const { width, height, exif } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    expect({ width, height, exif }).toEqual({ width: 1280, height: 960, exif: undefined })
    const noPicture = await console.admin.ask('PUT', path, new TextEncoder().encode('no picture'))
    expect(noPicture.body).toMatchObject({ error: { code: 'ZK-PLAN-002' } })
  })

  it('[CP9] an event that one admin stopped is given its planned end back by another; a new end forgets it', async () => {
    const { event } = await read()
    const ends = event.endsAt
    const save = async (wanted: EventDoc) =>
      (await console.caller('admin', 'other').ask<EventDoc>('PUT', `${plan}/event`, wanted)).body
    await console.admin.ask('PUT', `${plan}/event`, { ...event, endsAt: atMinute(90), plannedEndsAt: ends })
    const stopped = (await read()).event
    expect(stopped).toMatchObject({ endsAt: atMinute(90), plannedEndsAt: ends })
    // Saving something else leaves it.
    expect(await save({ ...stopped, name: { ja: '名', en: 'Name' } })).toMatchObject({ plannedEndsAt: ends })
    const { plannedEndsAt, ...undone } = (await read()).event
    expect(await save({ ...undone, endsAt: plannedEndsAt! })).toMatchObject({ endsAt: ends })
    expect((await read()).event).not.toHaveProperty('plannedEndsAt')
    const lines = await console.couch
      .database('zk-office')
      .all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })
    const told = lines.flatMap(({ doc }) => (doc?.action === 'plan-changed' ? [doc] : []))
    expect(told.at(0)).toMatchObject({
      by: 'admin',
      was: { endsAt: ends },
      is: { endsAt: atMinute(90), plannedEndsAt: ends },
    })
    expect(told.at(-1)).toMatchObject({ by: 'other', is: { endsAt: ends, plannedEndsAt: null } })

    await save({ ...(await read()).event, endsAt: atMinute(80), plannedEndsAt: ends })
    const again = (await read()).event
    expect(await save({ ...again, endsAt: atMinute(95) })).not.toHaveProperty('plannedEndsAt')
  })

  it('[CP7] only admins change the plan', async () => {
    const { event } = await read()
    for (const [method, path, body] of [
      ['PUT', `${plan}/event`, event],
      ['POST', `${plan}/preview`, { event }],
      ['POST', '/events/demo/imports/teams', new TextEncoder().encode('number,name\n1,a')],
    ] as const)
      expect((await console.judge.ask(method, path, body)).status).toBe(403)
  })
})
