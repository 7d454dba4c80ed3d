import { randomBytes } from 'node:crypto'
import decodeQR from 'qr/decode.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readNumbers } from '../../app/admin/print/read-numbers.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import { bibPages, type PrintedBib, perPageChoices } from '../../functions/rules/bib-sheet.ts'
import { fitText } from '../../functions/rules/print-shapes.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { bibKeys } from '../../sync-server/login/keys.ts'
import { printRoutes } from '../../sync-server/print/print-routes.ts'
import { printing } from '../../sync-server/print/printing.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'
import { readPdf } from './read-pdf.ts'

const hostile = ['髙﨑隊', '𠮷田 渡邉 龜', "O'Brien", '../', '=1+1', '<b>&amp;', '葛\u{e0100}城']

describe('bibs as a PDF', () => {
  let doors: Doors
  let core: Phone
  beforeEach(async () => {
    doors = await openDoors()
    const desk = await doors.databaseFor('desk')
    await doors.couch
      .database(desk)
      .put({ ...eventDoc(), event: doors.event, code: doors.event } as unknown as CouchDoc)
    doors.app.route('/api', printRoutes(doors.it, { printing: printing() }))
    core = await doors.signIn('core')
  })
  afterEach(() => doors.close())

  const addTeams = (teams: readonly (readonly [number: string, name: string, more?: object])[]) =>
    doors.couch.database(databaseName(doors.event, 'desk')).bulk(
      teams.map(([number, name, more]) => ({
        _id: `team:${number}`,
        type: 'team',
        event: doors.event,
        number,
        name,
        classIds: ['a'],
        members: [],
        bibs: { issue: 1, revoked: [] },
        status: 'registered',
        enteredAt: 1,
        corrections: [],
        ...more,
      })),
    )
  const print = (asked: object = {}) =>
    core.fetch(`/api/events/${doors.event}/print/bibs`, jsonRequest({ perPage: 1, language: 'ja', ...asked }))
  const pdfOf = async (answer: Response) => await readPdf(new Uint8Array(await answer.arrayBuffer()))

  test('[PR1] says number, name and classes unchanged, and its code, seen as on paper, is the signed one', async () => {
    await addTeams([
      ...hostile.map((name, n) => [`${n + 1}`, name] as const),
      ['A7', 'x', { bibs: { issue: 3, revoked: [1, 2] } }],
    ])
    const answer = await print()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${doors.event}-bibs.pdf"`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    // Two whole fonts would be ten megabytes.
    expect(bytes.length).toBeLessThan(300_000)
    const pdf = await readPdf(bytes)
    expect(pdf.pages).toBe(hostile.length + 1)
    const { classes, name: eventName } = eventDoc()
    for (const [n, name] of hostile.entries()) {
      const texts = (await pdf.texts(n + 1)).join('')
      expect(texts).toContain(name)
      expect(texts).toContain(`${n + 1}-1`)
      expect(texts).toContain(classes[0]!.name.ja)
      expect(texts).toContain(eventName.ja)
    }
    const here = { event: doors.event, keys: bibKeys(doors.it.keys) }
    for (const [page, number, issue] of [
      [1, '1', 1],
      [hostile.length + 1, 'A7', 3],
    ] as const) {
      expect(await readBib(await codeOn(pdf, page), here)).toMatchObject({
        result: 'ok',
        bib: { number, issue },
      })
    }
  })

  test('[PR2] letters are drawn, not left out: every rare character has ink of its own', async () => {
    const rare = ['髙', '﨑', '𠮷', '邉', '高', '崎', '吉', '邊']
    await addTeams(rare.map((name, n) => [`${n + 1}`, name] as const))
    const pdf = await pdfOf(await print())
    const prints = await Promise.all(rare.map(async (_, n) => inkOf(await pdf.picture(n + 1, 0.6))))
    expect(new Set(prints).size).toBe(rare.length)
  })

  test('[PR3] a choice of teams, in order of their numbers; withdrawn ones only by name', async () => {
    await addTeams([
      ['10', 'ten'],
      ['9', 'nine'],
      ['8', 'eight', { status: 'withdrawn' }],
      ['7', 'seven'],
    ])
    const numbers = async (asked: object) => {
      const pdf = await pdfOf(await print(asked))
      return await Promise.all(Array.from({ length: pdf.pages }, async (_, n) => (await pdf.texts(n + 1)).join(' ')))
    }
    expect((await numbers({})).map((text) => /seven|nine|ten|eight/.exec(text)?.[0])).toEqual(['seven', 'nine', 'ten'])
    expect((await numbers({ teams: ['8', '10'] })).map((text) => /eight|ten/.exec(text)?.[0])).toEqual(['eight', 'ten'])
  })

  test('[PR4] nothing to print, a bad layout and a stranger are refused', async () => {
    expect((await print()).status).toBe(404)
    await addTeams([['1', 'x']])
    expect((await print({ perPage: 3 })).status).toBe(400)
    expect((await print({ teams: ['../'] })).status).toBe(400)
    const staff = await doors.signIn('staff')
    const asked = jsonRequest({ perPage: 1, language: 'ja' })
    expect((await staff.fetch(`/api/events/${doors.event}/print/bibs`, asked)).status).toBe(403)
  })

  test('[PR5] five hundred bibs come while the server answers others', async () => {
    await addTeams(Array.from({ length: 500 }, (_, n) => [`${n + 1}`, `チーム${n}`] as const))
    const asked = print({ perPage: 8 })
    let isDone = false
    const done = asked.finally(() => {
      isDone = true
    })
    const waits: number[] = []
    while (!isDone) {
      const begun = performance.now()
      await new Promise((resolve) => setImmediate(resolve))
      await doors.app.request('/.well-known/jwks.json')
      waits.push(performance.now() - begun)
    }
    const pdf = await pdfOf(await done)
    expect(pdf.pages).toBe(63)
    expect(waits.length).toBeGreaterThan(100)
    const longest = waits.toSorted((one, other) => other - one)[0] ?? 0
    // Drawn where requests are answered, they waited for twenty seconds and more.
    expect(longest).toBeLessThan(3000)
  }, 180_000)
})

describe('the sheet', () => {
  const measure = (text: string) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) < 256 ? 0.55 : 1), 0)
  const bib = (number: string, name: string): PrintedBib => ({
    number,
    issue: 1,
    text: `ZK1:X:${number}:1:K:${'A'.repeat(103)}`,
    name,
    classes: 'クラス',
    event: '大会',
  })

  test.each(perPageChoices)(
    '[PR6] %i on a sheet of A4, nothing beyond its own part, code and number large enough',
    (perPage) => {
      const long = 'とても長い名前のチーム'.repeat(10)
      const bibs = Array.from({ length: perPage + 1 }, (_, n) => bib(n % 2 ? '123456789012' : '7', n % 2 ? long : 'a'))
      const pages = bibPages(bibs, { perPage, measure })
      expect(pages).toHaveLength(2)
      for (const { width, height, shapes } of pages) {
        expect([width, height].toSorted((a, b) => a - b)).toEqual([210, 297])
        for (const shape of shapes) {
          if (shape.kind === 'text') {
            const half = (measure(shape.text) * shape.size) / 2
            expect(shape.x - half).toBeGreaterThanOrEqual(0)
            expect(shape.x + half).toBeLessThanOrEqual(width)
            expect(shape.y).toBeLessThanOrEqual(height)
          }
          if (shape.kind === 'code') expect(shape.size).toBeGreaterThanOrEqual(36)
        }
      }
    },
  )

  test('[PR7] a long name is broken between words and keeps every character', () => {
    const box = { x: 0, y: 0, width: 60, height: 20 }
    const options = { weight: 'bold', align: 'middle', largest: 10, measure } as const
    const text = "O'Brien and the friends of the Nagara river 長良川"
    const lines = fitText(text, box, options).flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    for (const line of lines) expect(text).toContain(line)
    expect(fitText('a\r\nb\u0000', box, options)).toMatchObject([{ text: 'a b' }])
    expect(fitText(' \n', box, options)).toEqual([])
  })
})

test('[PR8] numbers are chosen by range and by name, in any width, and what means none is told', () => {
  const known = ['1', '2', '10', '35', 'A7']
  expect(readNumbers('', known)).toEqual({ numbers: known, unknown: [] })
  expect(readNumbers('１−２、a7', known)).toEqual({ numbers: ['1', '2', 'A7'], unknown: [] })
  expect(readNumbers('2 - 20, 99 x', known)).toEqual({ numbers: ['2', '10'], unknown: ['99', 'X'] })
})

test('[PR9] prints wait for each other, and too many are turned away', async () => {
  let running = 0
  const ends: (() => void)[] = []
  const { print } = printing(async () => {
    expect(++running).toBe(1)
    await new Promise<void>((resolve) => ends.push(resolve))
    running--
    return randomBytes(1)
  })
  const job = { kind: 'bibs', title: '', nowMs: 0, bibs: [], perPage: 1 } as const
  const prints = Array.from({ length: 8 }, () => print(job))
  await expect(print(job)).rejects.toMatchObject({ code: 'ZK-SYS-006' })
  for (let n = 0; n < prints.length; n++) {
    await expect.poll(() => ends.length).toBe(n + 1)
    ends[n]?.()
  }
  expect(await Promise.all(prints)).toHaveLength(8)
})

const codeOn = async (pdf: Awaited<ReturnType<typeof readPdf>>, page: number) => decodeQR(await pdf.picture(page, 2))

/** The part of the picture where the name stands, as a text that differs when it looks different. */
function inkOf({ data, width, height }: { data: Uint8ClampedArray; width: number; height: number }): string {
  let ink = ''
  for (let y = Math.round(height * 0.66); y < height * 0.86; y++)
    for (let x = 0; x < width * 0.56; x++) ink += (data[(y * width + x) * 4] ?? 255) < 128 ? '1' : '0'
  return ink.includes('1') ? ink : 'nothing'
}
