import { describe, expect, test } from 'vitest'
import { alikeBits, alikePairsOf, mostPairs } from '../../functions/rules/alike.ts'
import { likenessOf } from '../../functions/rules/likeness.ts'
import { nearestCheckpoint } from '../../functions/rules/nearest-checkpoint.ts'
import { pictureTime } from '../../functions/rules/picture-time.ts'
import { placeUpload } from '../../functions/rules/place-upload.ts'
import { teamInPath } from '../../functions/rules/team-in-path.ts'
import { checkpointDoc, north, planOf, start } from '../rules/make-facts.ts'

describe('when a picture was taken', () => {
  const at = (local: string, offset?: string, zone = 'Asia/Tokyo') => {
    const found = pictureTime({ local, offset }, zone)
    return found === null ? null : new Date(found).toISOString()
  }
  test('[UP1] its own offset counts, else the zone of the event', () => {
    expect(at('2026:05:03 10:30:15', '+02:00')).toBe('2026-05-03T08:30:15.000Z')
    expect(at('2026:05:03 10:30:15', '-0930')).toBe('2026-05-03T20:00:15.000Z')
    expect(at('2026:05:03 10:30:15')).toBe('2026-05-03T01:30:15.000Z')
    expect(at('2026:05:03 10:30:15', 'noon')).toBe('2026-05-03T01:30:15.000Z')
    expect(at('2008:10:22 16:28:39', undefined, 'Europe/Rome')).toBe('2008-10-22T14:28:39.000Z')
  })
  test('[UP1] an hour that comes twice is the first one, one that is left out is passed over', () => {
    expect(at('2026:10:25 02:30:00', undefined, 'Europe/Rome')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('2026:03:29 02:30:00', undefined, 'Europe/Rome')).toBe('2026-03-29T01:30:00.000Z')
  })
  test.each(['0000:00:00 00:00:00', '1980:01:01 00:00:00', '2026:02:30 10:00:00', '2026:05:03 25:00:00', '', 'now'])(
    '[UP1] %o is no time',
    (local) => expect(at(local)).toBeNull(),
  )
})

describe('whose a picture is', () => {
  const teams = ['101', '102', '7', 'A12']
  const said = (path: string) => teamInPath(path, teams).team
  test.each([
    ['101/IMG_1.jpg', '101'],
    ['day/101 O’Brien/100NIKON/DSCN0010.jpg', '101'],
    ['101_IMG.jpg', '101'],
    ['0101-2.JPG', '101'],
    ['１０１／x.jpg', '101'],
    ['チーム１０１/x.jpg', '101'],
    ['No.007/x.jpg', '7'],
    ['a12/x.jpg', 'A12'],
    ['101.jpg', '101'],
    ['102/photos/101/x.jpg', '101'],
    ['upload\\102\\x.jpg', '102'],
  ])('[UP2] %s says %s', (path, team) => expect(said(path)).toBe(team))
  test.each([
    'IMG_0101.jpg',
    'DSCN0101.jpg',
    '103/x.jpg',
    '101_PANA/P1010.jpg',
    '20260503_101.jpg',
    '../../etc/passwd',
    '',
  ])('[UP2] %s says none', (path) => expect(said(path)).toBeNull())
  test('[UP2] a folder and a name that say different teams say none', () => {
    expect(teamInPath('101/102_x.jpg', teams)).toEqual({ team: null, why: 'several' })
    expect(teamInPath('101/101_x.jpg', teams)).toEqual({ team: '101' })
  })
  test('[UP2] without zeros a number counts only where one team has it', () => {
    expect(teamInPath('7/x.jpg', ['007', '07']).team).toBeNull()
    expect(teamInPath('07/x.jpg', ['007', '07']).team).toBe('07')
  })
})

describe('where a picture was taken', () => {
  const place = { lat: 35.36, lng: 138.72 }
  const near = (meters: number, ...checkpoints: Parameters<typeof checkpointDoc>[]) =>
    nearestCheckpoint(
      north(place, meters),
      checkpoints.map((one) => checkpointDoc(...one)),
      { radiusMeters: 50 },
    )
  test('[UP3] exactly the radius away is inside, a decimetre more is not', () => {
    expect(near(50, ['1'])).toMatchObject({ inside: true, distanceMeters: 50, limitMeters: 50 })
    expect(near(50.1, ['1'])).toMatchObject({ inside: false, distanceMeters: 50.1 })
    expect(near(80, ['1', { radiusMeters: 80 }])).toMatchObject({ inside: true, limitMeters: 80 })
  })
  test('[UP3] a checkpoint that it is inside of goes before a nearer one that it is not', () => {
    expect(near(30, ['1', { radiusMeters: 10, ...north(place, 15) }], ['2'])?.checkpoint.number).toBe('2')
  })
  test('[UP3] one that was cancelled, a start and a finish give way to any other', () => {
    expect(near(10, ['1', { cancelled: true }], ['2', north(place, 40)])?.checkpoint.number).toBe('2')
    expect(near(0, ['G', { kind: 'goal' }], ['2', north(place, 40)])?.checkpoint.number).toBe('2')
    expect(near(0, ['1', { cancelled: true }])?.checkpoint.number).toBe('1')
    expect(nearestCheckpoint(place, [], { radiusMeters: 50 })).toBeNull()
  })
})

describe('what a person must add', () => {
  const placed = (file: object, batch: object = {}) =>
    placeUpload(
      { paths: ['x.jpg'], told: {}, choice: {}, ...file },
      { batch, plan: planOf(), teams: new Set(['12', '34']) },
    )
  const one = north({ lat: 35.36, lng: 138.72 }, 1000)
  const whole = { paths: ['12/x.jpg'], told: { ...one, local: '2026:05:03 10:00:00' } }
  test('[UP4] nothing, where path, position and time are there', () => {
    expect(placed(whole)).toMatchObject({ lacks: [], team: '12', teamFrom: 'name', checkpoint: '1', at: start })
  })
  test('[UP4] all that is missing is named', () => {
    expect(placed({}).lacks).toEqual(['no-team', 'no-time', 'no-position'])
    expect(placed({ ...whole, paths: ['12/a.jpg', '34/b.jpg'] }).lacks).toEqual(['two-teams'])
    expect(placed(whole, { team: '34' })).toMatchObject({ team: '12' })
    expect(placed({ ...whole, paths: ['x.jpg'] }, { team: '99' }).lacks).toEqual(['unknown-team'])
    const town = { told: { lat: 35.36, lng: 138.72, local: '2026:05:03 10:00:00' }, paths: ['12/x.jpg'] }
    expect(placed(town)).toMatchObject({ lacks: ['start-or-goal'], checkpoint: null })
    const far = placed({ ...whole, told: { ...whole.told, ...north(one, 300) } })
    expect(far).toMatchObject({ lacks: ['too-far'], figures: { nearest: '1', distanceMeters: 300, limitMeters: 50 } })
  })
  test('[UP4] what a person says goes before what the file says', () => {
    const choice = { team: '34', checkpoint: '2', at: start + 1000 }
    expect(placed({ ...whole, choice })).toMatchObject({ lacks: [], ...choice, atFrom: 'choice', cameraAt: start })
    expect(placed({ choice })).toMatchObject({ lacks: [], ...choice, position: null })
  })
  test('[UP5] a clock that was 90 s ahead is taken off every time of its own camera', () => {
    const of = (camera: string | null, errorMs: number) => ({ file: 'a'.repeat(64), camera, shownAt: start, errorMs })
    const clocks = [of('Nikon Z6 #1', 90_000), of('Nikon Z6 #2', -5000), of(null, 1000)]
    const by = (told: object) => placed({ ...whole, told: { ...whole.told, ...told } }, { clocks })
    expect(by({ camera: 'Nikon Z6', serial: '1' })).toMatchObject({ at: start - 90_000, cameraAt: start })
    expect(by({ camera: 'Nikon Z6', serial: '2' })).toMatchObject({ at: start + 5000, cameraAt: start })
    // One whose clock nobody photographed, and pictures that do not say what took them.
    expect(by({ camera: 'Nikon Z6', serial: '3' })).toMatchObject({ at: start })
    expect(by({ camera: 'Nikon Z6' })).toMatchObject({ at: start })
    expect(by({})).toMatchObject({ at: start - 1000 })
    // A batch from before cameras were told apart has one clock for those without their own.
    const { camera: _, ...clock } = of(null, 3000)
    expect(placed({ ...whole, told: { ...whole.told, camera: 'Nikon Z6' } }, { clocks, clock }).at).toBe(start - 3000)
    expect(placed(whole, { clocks, clock }).at).toBe(start - 1000)
  })
})

describe('photos that look alike', () => {
  const all = (likeness: string, team: string, id = `${team}:${likeness}`) => ({ id, team, likeness })
  const flip = (bits: number) => ((1n << BigInt(bits)) - 1n).toString(16).padStart(16, '0')
  test('[UP6] as many bits as may differ are found wherever they are, one more is not', () => {
    const zero = all('0'.repeat(16), '1')
    for (let shift = 0; shift < 56; shift++) {
      const moved = ((1n << BigInt(alikeBits)) - 1n) << BigInt(shift)
      const other = all((moved & (2n ** 64n - 1n)).toString(16).padStart(16, '0'), '2')
      expect(alikePairsOf([zero, other]).map(({ bits }) => bits)).toEqual([alikeBits])
    }
    expect(alikePairsOf([zero, all(flip(alikeBits + 1), '2')])).toEqual([])
    const spread = all('8040201008040201', '2')
    expect(alikePairsOf([zero, spread]).map(({ bits }) => bits)).toEqual([8])
  })
  test('[UP6] of one team they are nobody’s business; the most alike come first', () => {
    const photos = [all(flip(0), '1'), all(flip(2), '1'), all(flip(3), '2')]
    expect(alikePairsOf(photos).map(({ a, b, bits }) => [a.likeness, b.likeness, bits])).toEqual([
      [flip(2), flip(3), 1],
      [flip(0), flip(3), 3],
    ])
  })
  test('[UP6] a picture that everybody has does not fill the memory', () => {
    const same = Array.from({ length: 400 }, (_, n) => all('00ff00ff00ff00ff', `${n}`))
    expect(alikePairsOf(same)).toHaveLength(mostPairs)
  })
  test('[UP6] a picture without a shape is like none', () => {
    expect(likenessOf(new Uint8Array(72).fill(128))).toBeNull()
    expect(likenessOf(Uint8Array.from({ length: 72 }, (_, n) => n * 3))).toBe('ff'.repeat(8))
  })
})
