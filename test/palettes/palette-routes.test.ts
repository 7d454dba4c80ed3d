import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImageUpdated } from '../../design-docs/links.ts'
import type { PalettePlan, PaletteRow, TeamPicture, VisitorRow } from '../../design-docs/palettes.ts'
import { stripes } from '../functions/make-palettes.ts'
import { drawn } from '../functions/scenario.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { drawHeic } from '../support/draw-heic.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

const root = '/events/demo/palettes'
const rows = async () => (await console.admin.ask<{ palettes: PaletteRow[] }>('GET', root)).body.palettes
const add = async (...colours: string[]) =>
  await console.admin.ask<PalettePlan>('POST', `${root}?ja=%E6%B5%B7&en=Sea`, new Uint8Array(await stripes(...colours)))
const team = factMaker('12')

test('[PN6] the same picture is the same palette, hidden until it is shown; removed, it comes back', async () => {
  const { status, body: plan } = await add('teal', 'white')
  expect(status).toBe(200)
  expect(plan).toMatchObject({ name: { ja: '海', en: 'Sea' }, state: 'hidden', order: 1, k: null })
  expect((await add('teal', 'white')).body).toEqual(plan)
  await console.settled()
  const [row] = await rows()
  expect(row?.colours.map(({ hex }) => hex).sort()).toEqual(['#008080', '#ffffff'])
  const { _rev, name, order, k } = plan
  const { body: removed } = await console.admin.ask<PalettePlan>('PUT', `${root}/${plan.photo}`, {
    _rev,
    name,
    order,
    k,
    state: 'removed',
  })
  await console.settled()
  expect(await rows()).toMatchObject([{ plan: { state: 'removed' }, colours: [] }])
  expect((await add('teal', 'white')).body).toMatchObject({ photo: removed.photo, state: 'hidden' })
})

test('[PN7] a clash, a missing name, too many colours and bytes that are no picture are told', async () => {
  const { body: plan } = await add('red', 'blue')
  const { name, order, k } = plan
  const put = (said: object) =>
    console.admin.ask('PUT', `${root}/${plan.photo}`, { _rev: plan._rev, name, order, k, state: 'shown', ...said })
  expect(await put({ name: { ja: ' ', en: '' } })).toMatchObject({
    status: 400,
    body: { error: { code: 'ZK-PLAN-002' } },
  })
  expect((await put({ k: 17 })).status).toBe(400)
  expect((await put({})).status).toBe(200)
  expect(await put({})).toMatchObject({ status: 409, body: { error: { code: 'ZK-PLAN-001' } } })
  const text = new TextEncoder().encode('<svg/>')
  expect((await console.admin.ask('POST', `${root}?ja=x&en=`, text)).status).toBe(400)
  expect((await console.judge.ask('POST', `${root}?ja=x&en=`, text)).status).toBe(403)
})

test('[PN8] visitors with what they collected, what waits, and the painted picture for who may see the photo', async () => {
  const [palette] = (await rows()).filter(({ plan }) => plan.state === 'shown')
  const own = team.photo(null, { at: atMinute(10), takenAt: atMinute(10) })
  await console.write(
    team.entry(),
    own,
    team.make('collected', { at: atMinute(11), palette: palette!.plan.photo, verified: true }),
  )
  await console.settled()
  const visitors = async () =>
    (
      await console.admin.ask<{ visitors: VisitorRow[]; waiting: number; parked: number }>(
        'GET',
        '/events/demo/visitors',
      )
    ).body
  expect(await visitors()).toMatchObject({
    visitors: [{ team: '12', photo: own._id, mark: null }],
    waiting: 1,
    parked: 0,
  })
  const painted = () => console.admin.ask<string>('POST', `/images/${own._id}/url`, { variant: 'painted' })
  expect((await painted()).status).toBe(404)
  await console.storage.put('its-original', await drawn(300, 400, 'tan'))
  await console.write(
    team.make('original', { at: atMinute(12), photo: own._id, storageKey: 'its-original', as: 'server' }),
  )
  await expect.poll(async () => (await visitors()).waiting).toBe(0)
  const [before] = (await visitors()).visitors
  expect(before?.palettes).toEqual([palette!.plan.photo])
  expect((await painted()).status).toBe(201)
  expect((await console.admin.ask('GET', `/images/${own._id}/painted`)).status).toBe(404)
  expect((await console.admin.ask('GET', '/events/demo/visitors/12')).body).toEqual(before)
  expect((await console.admin.ask('GET', '/events/demo/visitors/13')).status).toBe(404)
  expect((await rows()).find(({ plan }) => plan.photo === palette!.plan.photo)?.teams).toBe(1)
  expect((await console.admin.ask('GET', '/events/demo/visitors/12/after')).status).toBe(200)
  // Whoever has it as it is learns so, and whoever has an older painting learns that, too.
  const updated = async (since: number) =>
    (await console.admin.ask<ImageUpdated>('GET', `/images/${own._id}/updated?since=${since}`)).body
  const { changedAt } = await updated(0)
  expect(await updated(changedAt ?? 0)).toMatchObject({ updated: false })
  console.clock.aheadMs += 1000
  expect((await console.admin.ask('POST', '/events/demo/visitors/12/repaint')).status).toBe(200)
  await expect.poll(async () => (await visitors()).visitors[0]?.mark).not.toBe(before?.mark)
  expect(await updated(changedAt ?? 0)).toMatchObject({ updated: true })
})

test('[PN14] organizers choose one palette for any picture of a team and take it back; links and “changed since” follow', async () => {
  const [palette] = (await rows()).filter(({ plan, colours }) => plan.state === 'shown' && colours.length > 0)
  const checkin = team.recorded('2', atMinute(30))
  const taken = team.photo(checkin, { at: atMinute(30), takenAt: atMinute(30) })
  await console.storage.put('of-a-checkin', await drawn(700, 500, 'tan'))
  await console.write(
    checkin,
    taken,
    team.make('original', { at: atMinute(31), photo: taken._id, storageKey: 'of-a-checkin', as: 'server' }),
  )
  await console.settled()
  const picture = async () =>
    (await console.judge.ask<{ pictures: TeamPicture[] }>('GET', '/events/demo/teams/12/pictures')).body.pictures.find(
      ({ photo }) => photo === taken._id,
    )
  await expect.poll(picture).toMatchObject({ purpose: 'checkin', ready: true, palette: null, mark: null })
  const choose = (photo: string | null, who = console.admin) =>
    who.ask('PUT', `/events/demo/pictures/${taken._id}/palette`, { palette: photo })
  const url = () => console.admin.ask<{ url: string }>('POST', `/images/${taken._id}/url`, { variant: 'recoloured' })
  const updated = async (since: number) =>
    (await console.admin.ask<ImageUpdated>('GET', `/images/${taken._id}/updated?since=${since}`)).body
  expect((await choose(palette!.plan.photo, console.judge)).status).toBe(403)
  expect(await choose(taken._id)).toMatchObject({ status: 404, body: { error: { code: 'ZK-PLAN-004' } } })
  expect(
    (
      await console.admin.ask('PUT', '/events/demo/pictures/12:photo:01J8Z0000000000000000000A0/palette', {
        palette: null,
      })
    ).status,
  ).toBe(404)
  expect((await url()).status).toBe(404)
  const { changedAt: before } = await updated(0)
  console.clock.aheadMs += 1000
  const { body: chosen } = await choose(palette!.plan.photo)
  // The same choice again is no change.
  expect((await choose(palette!.plan.photo)).body).toEqual(chosen)
  await expect.poll(async () => (await picture())?.mark).toMatch(/^[0-9a-f]{16}$/)
  expect(await updated(before ?? 0)).toMatchObject({ updated: true })
  expect((await url()).status).toBe(201)
  // The API itself serves it small alone, and in full size only by a link.
  expect((await console.judge.ask('GET', `/events/demo/pictures/${taken._id}/recoloured`)).status).toBe(200)
  expect((await console.admin.ask('GET', `/images/${taken._id}/recoloured`)).status).toBe(404)
  const { changedAt: painted } = await updated(0)
  console.clock.aheadMs += 1000
  await choose(null)
  await expect.poll(picture).toMatchObject({ palette: null, mark: null })
  expect(await updated(painted ?? 0)).toMatchObject({ updated: true })
  expect((await url()).status).toBe(404)
})

test('[PN16] a link that is open leads to the newest picture, and “changed since” tells of it: other colours, another style, a palette that is removed', async () => {
  const { body: plan } = await add('red', 'blue', 'gold', 'green')
  const change = async (said: object) => {
    const standing = (await rows()).find((row) => row.plan.photo === plan.photo)!.plan
    const { _rev, name, order, k, state } = standing
    console.clock.aheadMs += 1000
    const put = { _rev, name, order, k, state, ...said }
    expect((await console.admin.ask('PUT', `${root}/${plan.photo}`, put)).status).toBe(200)
    await console.settled()
  }
  await change({ state: 'shown' })
  const checkin = team.recorded('3', atMinute(40))
  const taken = team.photo(checkin, { at: atMinute(40), takenAt: atMinute(40) })
  await console.storage.put('to-recolour', await stripes('tomato', 'navy', 'white'))
  await console.write(
    checkin,
    taken,
    team.make('original', { at: atMinute(41), photo: taken._id, storageKey: 'to-recolour', as: 'server' }),
  )
  await console.settled()
  await console.admin.ask('PUT', `/events/demo/pictures/${taken._id}/palette`, { palette: plan.photo })
  await console.settled()
  const [visitor] = (await console.admin.ask<{ visitors: VisitorRow[] }>('GET', '/events/demo/visitors')).body.visitors

  const linkTo = async (photo: string, variant: string) =>
    (await console.admin.ask<{ url: string }>('POST', `/images/${photo}/url`, { variant })).body.url
  const opened = async (url: string) => {
    const answer = await console.app.request(url, {
      headers: { authorization: `Bearer ${await console.token('admin')}` },
    })
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()).toString('base64') }
  }
  const updated = async (photo: string, since: number) =>
    (await console.admin.ask<ImageUpdated>('GET', `/images/${photo}/updated?since=${since}`)).body
  /** What is behind a link that was made before the change, where the picture itself is another after it. */
  const follows = async (photo: string, variant: string, make: () => Promise<unknown>) => {
    const [old, held] = [await opened(await linkTo(photo, variant)), await linkTo(photo, variant)]
    const { changedAt } = await updated(photo, 0)
    expect([variant, await updated(photo, changedAt ?? 0)]).toMatchObject([variant, { updated: false }])
    await make()
    await console.settled()
    const [fresh, moved] = [await opened(await linkTo(photo, variant)), await opened(held)]
    expect([variant, old.status, moved.status, moved.bytes === old.bytes]).toEqual([variant, 200, 200, false])
    expect([variant, moved.bytes === fresh.bytes]).toEqual([variant, true])
    const after = await updated(photo, changedAt ?? 0)
    expect([variant, after.updated]).toEqual([variant, true])
    expect(await updated(photo, after.changedAt ?? 0)).toMatchObject({ updated: false })
  }
  await follows(plan.photo, 'clustered', () => change({ k: 2 }))
  await follows(taken._id, 'recoloured', () => change({ k: 3 }))
  const style = (value: string | null, _rev: string | null) => async () => {
    const { status, body } = await console.admin.ask<{ settings: { key: string; _rev: string | null }[] }>(
      'PUT',
      '/events/demo/settings/portrait.style',
      { value, _rev },
    )
    expect(status).toBe(200)
    return body.settings.find(({ key }) => key === 'portrait.style')?._rev ?? null
  }
  let rev: string | null = null
  await follows(taken._id, 'recoloured', async () => {
    rev = await style('flat', null)()
  })
  await follows(visitor!.photo!, 'painted', async () => {
    await style(null, rev)()
  })

  const { changedAt } = await updated(taken._id, 0)
  await change({ state: 'removed' })
  await expect.poll(async () => (await updated(taken._id, changedAt ?? 0)).updated).toBe(true)
  expect((await console.admin.ask('POST', `/images/${taken._id}/url`, { variant: 'recoloured' })).status).toBe(404)
  const clustered = await updated(plan.photo, changedAt ?? 0)
  expect(clustered.updated).toBe(true)
})

test('[PN17] a portrait that no picture can be made of says so, and is not waited for; a HEIC file becomes a palette', async () => {
  const other = factMaker('13')
  const photo = other.photo(null, { at: atMinute(50), takenAt: atMinute(50) })
  await console.storage.put('no-picture', Buffer.from('no picture'))
  await console.write(
    other.entry(),
    photo,
    other.make('original', { at: atMinute(51), photo: photo._id, storageKey: 'no-picture', as: 'server' }),
  )
  await console.settled()
  const { visitors, waiting } = (
    await console.admin.ask<{ visitors: VisitorRow[]; waiting: number }>('GET', '/events/demo/visitors')
  ).body
  expect(visitors.map(({ team, mark, cannot }) => [team, mark === null, cannot])).toEqual([
    ['12', false, false],
    ['13', true, true],
  ])
  expect(waiting).toBe(0)
  const heic = await console.admin.ask<PalettePlan>(
    'POST',
    `${root}?ja=x&en=Hills`,
    await drawHeic({ seed: 'palette' }),
  )
  expect(heic.status).toBe(200)
  await console.settled()
  const row = (await rows()).find(({ plan }) => plan.photo === heic.body.photo)
  expect(row?.problem).toBeNull()
  expect(row?.colours.map(({ name }) => name.en)).toEqual(['pale blue', 'teal', 'brown'])
})
