import { strFromU8, unzipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import type { ImageDoc } from '../../design-docs/derived.ts'
import { type ExportFile, exportNames } from '../../design-docs/export-files.ts'
import { isApproved } from '../../functions/rules/score.ts'
import { scoreboardOf } from '../../functions/rules/scoreboard-of.ts'
import { makeExport } from '../../sync-server/exports/make-export.ts'
import { resultSet } from '../../sync-server/exports/result-set.ts'
import { drawPdf } from '../../sync-server/print/draw-pdf.ts'
import { pagesOf } from '../../sync-server/print/print-job.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { childText, descendants, parseXml } from '../../sync-server/results/parse-xml.ts'
import { readCheckpoints, toCheckpoint } from '../../sync-server/results/read-checkpoints.ts'
import { drawBoard } from '../../sync-server/scoreboards/board-worker.ts'
import { readPdf } from '../print/read-pdf.ts'
import { checkIof } from './iof-shape.ts'
import { hardNames, hardResults } from './make-results.ts'
import { allOf, readXlsx } from './read-files.ts'

const made = hardResults()
const view = {
  ...made,
  cards: new Map(made.cards),
  checkpoints: new Map(made.checkpoints),
  verdicts: new Map(made.verdicts.map((one) => [one.checkin, one])),
}
const set = resultSet(view, { asked: {}, language: 'en', nowMs: Date.UTC(2026, 4, 3, 6), people: {} })
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 1)
const images = made.verdicts.map(
  ({ checkin, team, at }, n): ImageDoc => ({
    ...{
      _id: `image:${team}:photo:${n}`,
      type: 'image',
      event: 'demo',
      photo: `${team}:photo:${String(n).padStart(6, '0')}`,
    },
    ...{ team, checkin, purpose: 'checkin', version: 1, takenAt: at, sizes: {} },
  }),
)
const wanted = {
  options: { encoding: 'utf-8', unwritable: 'refuse', each: 'team', top: 99 },
  print: async (job: Parameters<typeof pagesOf>[0]) => drawPdf({ ...job, pages: (measure) => pagesOf(job, measure) }),
  photos: async () => ({
    images,
    verdicts: view.verdicts,
    storage: { get: async (key: string) => (key.endsWith('0') ? null : jpeg) },
    originalsOf: async (team: string) =>
      new Map(images.filter((one) => one.team === team).map(({ photo }) => [photo, photo])),
  }),
  certificate: async () => {
    const words = { ja: '', en: '{team}|{class}|{points}|{place}' }
    return { title: words, text: words, signature: { ja: '', en: '' }, _rev: null }
  },
} as const
const read = new Set<ExportFile>()
const bytesOf = async (file: ExportFile) => {
  read.add(file)
  return await allOf(await makeExport(set, file, wanted))
}
const text = async (file: ExportFile) => new TextDecoder().decode(await bytesOf(file))
const csv = async (file: ExportFile) => parseCsv(await text(file)).map(({ cells }) => cells)
const xlsx = async (file: ExportFile) => readXlsx(await bytesOf(file))
const xml = async (file: ExportFile) => parseXml(await text(file))

/** All that the pages say, in the order in which it was drawn. */
async function textOf(pdf: Uint8Array): Promise<string> {
  const { pages, texts } = await readPdf(pdf)
  const said = await Promise.all(Array.from({ length: pages }, (_, n) => texts(n + 1)))
  return said.flat().join(' ')
}

type Table = readonly (readonly (string | number | null)[])[]
/** Class, team and net points of each line, by the headings. */
function totals(table: Table) {
  const [head, ...rows] = table
  const at = (heading: string) => head!.indexOf(heading)
  return rows.map((row) => [row[at('Class')], row[at('Number')], row[at('Team')], Number(row[at('Points')])])
}

const rows = [...set.results()]
const expected = rows.map(({ className, team, name, net }) => [className.en, team, name, net])
const placed = rows.filter(({ place }) => place !== null)
/** As one line of text shows it: paper has no line breaks within a name. */
const onPaper = (name: string) => name.replace(/\s+/g, ' ')

describe('one event in every format', () => {
  test('[XP12] the same totals and names in CSV and Excel, results and matrix', async () => {
    expect(expected).toHaveLength(hardNames.length + 1)
    expect(new Set(expected.map(([, , name]) => name))).toEqual(new Set(hardNames))
    for (const table of [
      await csv('results.csv'),
      await csv('matrix.csv'),
      await xlsx('results.xlsx'),
      await xlsx('matrix.xlsx'),
    ])
      expect(totals(table)).toEqual(expected)
  })

  test('[XP12] check-ins add up to what counts; check-ins, legs and checkpoints say the same in CSV and Excel', async () => {
    for (const name of ['checkins', 'legs', 'checkpoints'] as const) {
      const [fromCsv, fromXlsx]: Table[] = [await csv(`${name}.csv`), await xlsx(`${name}.xlsx`)]
      const texts = (table: Table) => table.map((row) => `${row[0]} ${row[1]} ${row[3]}`)
      expect(texts(fromXlsx!)).toEqual(texts(fromCsv!))
    }
    const [head, ...lines] = await csv('checkins.csv')
    const at = (heading: string) => head!.indexOf(heading)
    for (const { team, name, confirmed, provisional } of rows) {
      const own = lines.filter((line) => line[at('Number')] === team && line[at('Counts')] === 'yes')
      expect(own.every((line) => line[at('Team')] === name)).toBe(true)
      expect(own.reduce((sum, line) => sum + Number(line[at('Points')]), 0)).toBe(confirmed + provisional)
    }
  })

  test('[XP12] Excel has numbers as numbers, text as text, times as days, and no formula', async () => {
    const [head, ...lines] = await xlsx('results.xlsx')
    const row = lines.find((one) => one[3] === '=1+1')!
    const at = (heading: string) => row[head!.indexOf(heading)]
    expect([at('Number'), at('Adjustment'), at('Place')]).toEqual(['14', -10, expect.any(Number)])
    // 2026-05-03 10:00 in Japan, in days since 1899-12-30.
    expect(at('Start')).toBeCloseTo(46_145 + 10 / 24, 6)
    expect(at('Time used')).toBeCloseTo((171.5 * 60_000) / 86_400_000, 8)
  })

  test('[XP12] the same in IOF XML, as its schema wants it', async () => {
    const root = await xml('results.xml')
    checkIof(root)
    const found = descendants(root, 'ClassResult').flatMap((one) => {
      const [className] = descendants(one, 'Class')
      return descendants(one, 'TeamResult').map((team) => {
        const [result] = descendants(team, 'Result')
        const name = team.children[0]!.text
        return [childText(className!, 'Name'), childText(team, 'BibNumber'), name, Number(childText(result!, 'Score'))]
      })
    })
    expect(found).toEqual(expected)
    const positions = descendants(root, 'OverallResult').map((one) => childText(one, 'Position'))
    expect(positions.filter(Boolean)).toHaveLength(placed.length * 2)
  })

  test('[XP13] CourseData is as its schema wants it, and our own import finds nothing changed in it', async () => {
    const course = await text('checkpoints.xml')
    checkIof(parseXml(course))
    for (const raw of readCheckpoints(course).checkpoints) {
      const standing = view.checkpoints.get(raw.number)!
      expect(toCheckpoint(raw, 'demo', standing)).toEqual({ doc: standing, notes: [] })
      const { hasReference, ...fresh } = toCheckpoint(raw, 'demo', undefined).doc!
      expect(fresh).toMatchObject({
        points: standing.points,
        lat: standing.lat,
        lng: standing.lng,
        name: standing.name,
      })
    }
  })

  test('[XP12] the same on the result page, which needs nothing else', async () => {
    const page = await text('results.html')
    expect(page).not.toMatch(/<script|https?:|<link|<img|url\(/)
    const lines = [...page.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row]) => {
      const cells = [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(
        ([, cell]) => parseXml(`<a>${cell}</a>`).text,
      )
      return [cells[1], cells[2], Number(cells[3])]
    })
    expect(lines).toEqual(expected.map(([, ...rest]) => rest))
  })

  test('[XP12] the same on paper: rankings, awards, certificates', async () => {
    const rankings = await textOf(await bytesOf('results.pdf'))
    const awards = await textOf(await bytesOf('awards.pdf'))
    const certificates = await textOf(await bytesOf('certificates.pdf'))
    for (const { name, team, net } of rows) expect(rankings).toContain(`${team} ${onPaper(name)} ${net} `)
    for (const { name, team } of placed) expect(awards).toContain(`${team} ${onPaper(name)} `)
    for (const { name, net, place, className } of placed)
      expect(certificates).toContain(`${onPaper(name)}|${className.en}|${net}|${place}`)
    expect(totals(await csv('awards.csv'))).toEqual(expected.filter((_, n) => rows[n]!.place !== null))
  })

  test('[XP12] the same on every scoreboard, PDF and Excel: name, points, place in each class', async () => {
    const placedIn = (classId: string) => view.rankings.get(classId)!.rows.filter(({ place }) => place !== null).length
    for (const card of view.cards.values()) {
      const standings = card.classIds.map((classId) => {
        const row = view.rankings.get(classId)!.rows.find(({ team }) => team === card.team) ?? null
        return { classId, row, placed: placedIn(classId) }
      })
      const { event, checkpoints } = view
      const verdicts = made.verdicts.filter(({ team }) => team === card.team)
      const board = scoreboardOf({ event, checkpoints, card, verdicts, standings, language: 'en' })!
      const drawn = await drawBoard({ board, photos: {}, timeZone: 'Asia/Tokyo', nowMs: 0 })
      const mine = rows.filter(({ team }) => team === card.team)
      const said = await textOf(drawn.pdf)
      const cells = readXlsx(drawn.xlsx)
      const told = cells.flat()
      const behind = (label: string) =>
        cells.flatMap((row) => (row.includes(label) ? [row[row.indexOf(label) + 1]] : []))
      expect(told).toContain(mine[0]!.name)
      expect(said).toContain(onPaper(mine[0]!.name))
      expect(behind('Total')).toEqual([mine[0]!.net])
      expect(said).toContain(`Total ${mine[0]!.net}`)
      for (const { className, place } of mine) {
        const [standing] = board.classes.filter(({ name }) => name === className.en)
        if (place !== null) expect(standing!.place).toMatch(new RegExp(`\\b${place} of `))
        expect(told).toContain(standing!.place)
        expect(said).toContain(standing!.place)
      }
    }
  })

  test('[XP12] routes and checkpoints as GPX and GeoJSON: every team, each place that counts, its points', async () => {
    const tracks = descendants(await xml('routes.gpx'), 'trk')
    const features = JSON.parse(await text('routes.geojson')).features as {
      geometry: { type: string; coordinates: number[] }
      properties: Record<string, unknown>
    }[]
    for (const card of view.cards.values()) {
      const visits = card.checkpoints.filter(isApproved)
      const track = tracks.find((one) => childText(one, 'number') === card.team)!
      expect(track.children[0]!.text).toBe(card.name)
      expect(descendants(track, 'trkpt')).toHaveLength(visits.length)
      const own = features.filter(({ properties }) => properties.team === card.team)
      const points = own.filter(({ geometry }) => geometry.type === 'Point')
      const sum = points.reduce((total, { properties }) => total + Number(properties.points), 0)
      expect(sum).toBe(card.points.confirmed + card.points.provisional)
      expect(own[0]!.properties).toMatchObject({ name: card.name, net: card.points.net })
    }
    expect(descendants(await xml('checkpoints.gpx'), 'wpt')).toHaveLength(view.checkpoints.size)
    const places = JSON.parse(await text('checkpoints.geojson')).features as typeof features
    expect(places.map(({ properties }) => properties.number).toSorted()).toEqual(
      [...view.checkpoints.keys()].toSorted(),
    )
    const gpx = readCheckpoints(await text('checkpoints.gpx')).checkpoints
    expect(gpx.map(({ number, points }) => [number, Number(points)]).toSorted()).toEqual(
      [...view.checkpoints.values()].map(({ number, points }) => [number, points]).toSorted(),
    )
  })

  test('[XP14] photos lie in folders with names that lead nowhere, and the manifest names the teams as they are', async () => {
    const files = unzipSync(await bytesOf('photos.zip'))
    const names = Object.keys(files)
    expect(names).toContainEqual(expect.stringMatching(/^12 髙﨑\/\d{6} GO \d{6}\.jpg$/))
    for (const name of names) expect(name).not.toMatch(/^\/|\\|(^|\/)\.|\.\.|[\p{Cc}<>:"|?*]|\/.*\//u)
    const listed = JSON.parse(strFromU8(files['manifest.json']!)) as {
      team: string
      teamName: string
      file: string | null
      bytes: number
    }[]
    expect(listed).toHaveLength(images.length)
    for (const { team, teamName, file, bytes } of listed) {
      expect(teamName).toBe(view.cards.get(team)!.name)
      if (file !== null) expect(files[file]).toHaveLength(bytes)
    }
    expect(listed.filter(({ file }) => file === null)).toHaveLength(
      images.filter(({ photo }) => photo.endsWith('0')).length,
    )
    const [, ...lines] = parseCsv(strFromU8(files['manifest.csv']!))
    expect(lines.map(({ cells }) => cells[2])).toEqual(listed.map(({ teamName }) => teamName))
  })

  afterAll(() => expect([...read].toSorted(), 'every format is compared').toEqual(exportNames.toSorted()))
})
