import { describe, expect, test } from 'vitest'
import type { ExportFile } from '../../design-docs/export-files.ts'
import { makeExport } from '../../sync-server/exports/make-export.ts'
import { resultSet } from '../../sync-server/exports/result-set.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { hardNames, hardResults } from './make-results.ts'
import { allOf, readXlsx } from './read-files.ts'

const made = hardResults()
const view = {
  ...made,
  cards: new Map(made.cards),
  checkpoints: new Map(made.checkpoints),
  verdicts: new Map(made.verdicts.map((one) => [one.checkin, one])),
}
const set = resultSet(view, { asked: {}, language: 'en', nowMs: 0, people: {} })
const bytesOf = async (file: ExportFile) =>
  await allOf(await makeExport(set, { file, asked: { encoding: 'utf-8', unwritable: 'refuse' } }))
const csv = async (file: ExportFile) =>
  parseCsv(new TextDecoder().decode(await bytesOf(file))).map(({ cells }) => cells)
const xlsx = async (file: ExportFile) => readXlsx(await bytesOf(file))

/** Team and net points of each line, by the headings. */
function totals(table: readonly (readonly (string | number | null)[])[]) {
  const [head, ...rows] = table
  const at = (heading: string) => head!.indexOf(heading)
  return rows.map((row) => `${row[at('Class')]} ${row[at('Number')]} ${row[at('Team')]} ${row[at('Points')]}`)
}

const expected = [...set.results()].map(({ className, team, name, net }) => `${className.en} ${team} ${name} ${net}`)

describe('one event in every format', () => {
  test('[EX12] the same totals and names in CSV and Excel, results and matrix', async () => {
    expect(expected).toHaveLength(hardNames.length + 1)
    for (const table of [
      await csv('results.csv'),
      await xlsx('results.xlsx'),
      await csv('matrix.csv'),
      await xlsx('matrix.xlsx'),
    ])
      expect(totals(table)).toEqual(expected)
  })

  test('[EX12] Excel has numbers as numbers, text as text, times as days, and no formula', async () => {
    const [head, ...rows] = await xlsx('results.xlsx')
    const row = rows.find((one) => one[3] === '=1+1')!
    const at = (heading: string) => row[head!.indexOf(heading)]
    expect([at('Number'), at('Adjustment'), at('Place')]).toEqual(['14', -10, expect.any(Number)])
    // 2026-05-03 10:00 in Japan, in days since 1899-12-30.
    expect(at('Start')).toBeCloseTo(46_145 + 10 / 24, 6)
    expect(at('Time used')).toBeCloseTo((171.5 * 60_000) / 86_400_000, 8)
  })

  test('[EX12] check-ins and legs say the same in both', async () => {
    for (const name of ['checkins', 'legs'] as const) {
      const [fromCsv, fromXlsx] = [await csv(`${name}.csv`), await xlsx(`${name}.xlsx`)]
      const texts = (table: readonly (readonly (string | number | null)[])[]) =>
        table.map((row) => `${row[0]} ${row[1]} ${row[3]}`)
      expect(texts(fromXlsx)).toEqual(texts(fromCsv))
      expect(fromCsv.length).toBeGreaterThan(hardNames.length * 3)
    }
  })
})
