import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../design-docs/derived.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { scoreboardCells } from '../../functions/rules/scoreboard-cells.ts'
import { lasting, type Scoreboard, scoreboardInstant, scoreboardOf } from '../../functions/rules/scoreboard-of.ts'
import { drawBoard } from '../../sync-server/scoreboards/board-worker.ts'
import { readPdf } from '../print/read-pdf.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker } from './make-facts.ts'

const awkward = "=1+1 髙﨑 𠮷 渡邉 ../ O'Brien"
const checkpoints = new Map(checkpointDocs().map((one) => [one.number, one]))

/** A team that was at five places, once twice, once for nothing, and came home late. */
function board(language: 'ja' | 'en' = 'ja', phase: 'running' | 'closed' = 'running'): Scoreboard {
  const maker = factMaker('12')
  const event = eventDoc({ phase })
  const [one, two, twice, three] = [
    maker.scanned('1', atMinute(10)),
    maker.scanned('2', atMinute(25)),
    maker.scanned('2', atMinute(27)),
    maker.scanned('3', atMinute(60)),
  ]
  const facts = [
    maker.entry({ name: awkward, classIds: ['a'], members: [{ id: 'm1', name: '髙﨑　花子' }] }),
    ...[one, two, twice, three, maker.scanned('4', atMinute(100)), maker.scanned('GO', atMinute(182))],
    maker.review(three, 'REJECTED', { comment: '城門が写っていません' }),
    maker.make('adjustment', { at: atMinute(190), points: 5, reason: '@拾得物', by: 'judge1', as: 'judge' }),
  ]
  const { card, verdicts } = outcome(facts, { event, checkpoints })
  const standings = [{ classId: 'a', row: { place: 3 }, placed: 40 }]
  return scoreboardOf({ event, checkpoints, card: card!, verdicts, standings, language })!
}

describe('a scoreboard', () => {
  test('[SB1] has the check-ins in order of time, each leg from the one before that was not turned down', () => {
    const { rows, start, goal, duration, classes } = board()
    expect(rows.map(({ checkpoint, n, time, leg }) => [checkpoint, n, time, leg])).toEqual([
      ['1', 1, '10:10:00', expect.any(String)],
      ['2', 2, '10:25:00', '0:15:00'],
      ['2', null, '10:27:00', '–'],
      ['3', null, '11:00:00', '–'],
      ['4', 3, '11:40:00', '1:15:00'],
      ['GO', 4, '13:02:00', '1:22:00'],
    ])
    expect([goal, classes]).toEqual(['13:02:00', [{ name: 'A', place: '3位 / 40チーム' }]])
    expect([typeof start, typeof duration]).toEqual(['string', 'string'])
    expect(lasting(3_723_000)).toBe('1:02:03')
  })

  test('[SB2] adds up to the card, and says in words why', () => {
    const { rows, lines, points } = board()
    const counted = rows.reduce((sum, row) => sum + row.points, 0)
    const moved = lines.reduce((sum, line) => sum + line.points, 0)
    expect(counted).toBe(points.confirmed + points.provisional)
    expect(counted + moved).toBe(points.net)
    expect(lines).toEqual([
      { text: '制限時間を2分超過', points: -20 },
      { text: '@拾得物', points: 5 },
    ])
    expect(rows[3]?.why).toBe('却下: 城門が写っていません')
    expect(rows[2]?.why).toContain('重複')
    expect(board('en').rows[2]?.why).toContain('twice')
  })

  test('[SB3] shows places that were not visited only once the event is closed', () => {
    const shown = (of: Scoreboard) => of.map?.stops.map(({ label, visited }) => `${label}${visited ? '' : '?'}`)
    expect(shown(board())).toEqual(['1', '2', '4', 'GO'])
    expect(shown(board('ja', 'closed'))).toEqual(expect.arrayContaining(['1', '3?', '5?']))
    // Places a kilometre apart on one line northwards.
    const [first, second] = board().map?.route ?? []
    expect(Math.round(first!.y - second!.y)).toBe(1000)
  })

  test('[SB4] a team without a check-in has none', () => {
    const maker = factMaker('13')
    const event = eventDoc()
    const { card } = outcome([maker.entry()], { event, checkpoints })
    expect(
      scoreboardOf({ event, checkpoints, card: card!, verdicts: [] as Verdict[], standings: [], language: 'ja' }),
    ).toBeNull()
  })

  test('[SB5] PDF and Excel have the same figures, and every name as it is', async () => {
    const { pdf, xlsx } = await drawBoard({ board: board(), photos: {}, timeZone: 'Asia/Tokyo', nowMs: 0 })
    const read = await readPdf(pdf)
    const said = (await read.texts(1)).join('\n')
    const files = unzipSync(xlsx)
    const cells = Object.entries(files)
      .filter(([name]) => /sharedStrings|sheet1/.test(name))
      .map(([, bytes]) => Buffer.from(bytes).toString('utf8'))
      .join('\n')
      .replaceAll('&apos;', "'")
      .replaceAll('&#39;', "'")
    for (const part of ['=1+1 髙﨑', '𠮷', '渡邉', '../', "O'Brien", '@拾得物']) {
      expect(said.replaceAll('\n', ' ')).toContain(part)
      expect(cells).toContain(part)
    }
    expect(cells).not.toMatch(/<f[ >]/)
    expect(said).toContain(String(board().points.net))
    expect(cells).toContain(`<v>${board().points.net}</v>`)
  })

  test('[SB5] Excel has each picture at its row, unchanged; without pictures nothing is said of any', async () => {
    const one = board()
    const jpeg = Buffer.from('not looked at')
    const rows = one.rows.map((row, n) => ({ ...row, photo: n === 1 ? 'p' : null }))
    const order = { timeZone: 'Asia/Tokyo', nowMs: 0 }
    const drawn = unzipSync((await drawBoard({ ...order, board: { ...one, rows }, photos: { p: jpeg } })).xlsx)
    expect(Buffer.from(drawn['xl/media/image1.jpeg']!)).toEqual(jpeg)
    const anchor = Buffer.from(drawn['xl/drawings/drawing1.xml']!).toString()
    const { pictures } = scoreboardCells({ ...one, rows }, 'Asia/Tokyo')
    expect(anchor).toContain(`<xdr:row>${pictures[0]?.row}</xdr:row>`)
    expect(Buffer.from(drawn['xl/worksheets/sheet1.xml']!).toString()).toContain('<drawing r:id="rId1"/>')
    const bare = unzipSync((await drawBoard({ ...order, board: { ...one, rows }, photos: {} })).xlsx)
    const said = Object.entries(bare).map(([name, bytes]) => name + Buffer.from(bytes).toString())
    expect(said.join('')).not.toContain('drawing1')
  })

  test('[SB6] Excel’s cells have types: times are moments where the event is, legs are lengths, points are numbers', () => {
    const { rows, widths } = scoreboardCells(board(), 'Asia/Tokyo')
    const [, time, leg, checkpoint, , points] = rows.find(([n, , , place]) => n === 2 && place === '2') ?? []
    expect(time).toEqual({ time: scoreboardInstant(atMinute(25), 'Asia/Tokyo') })
    expect(leg).toEqual({ lasting: 15 / (24 * 60) })
    expect([checkpoint, points]).toEqual(['2', 20])
    expect(Math.max(...rows.map(({ length }) => length))).toBeLessThanOrEqual(widths.length)
    // 2026-05-03 10:00 in Tokyo: https://support.microsoft.com counts days from 1899-12-30.
    expect(scoreboardInstant(Date.UTC(2026, 4, 3, 1), 'Asia/Tokyo')).toBeCloseTo(46_145 + 10 / 24, 8)
  })

  test('[SB7] many check-ins take several sheets, each with its heading and its number', async () => {
    const one = board()
    const many = { ...one, rows: Array.from({ length: 40 }, (_, n) => ({ ...one.rows[0]!, n: n + 1 })) }
    const read = await readPdf((await drawBoard({ board: many, photos: {}, timeZone: 'Asia/Tokyo', nowMs: 0 })).pdf)
    expect(read.pages).toBeGreaterThan(2)
    const last = await read.texts(read.pages)
    expect(last).toEqual(expect.arrayContaining(['40', `${read.pages} / ${read.pages}`, 'チェックポイント']))
    expect(await read.size(1)).toEqual([210, 297])
  })
})
