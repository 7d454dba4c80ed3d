import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { ImageDoc } from '../../design-docs/derived.ts'
import { type ExportFile, exportNames } from '../../design-docs/export-files.ts'
import { type ExportQuery, exportQuery } from '../../design-docs/exports.ts'
import { makeExport } from '../../sync-server/exports/make-export.ts'
import { resultSet } from '../../sync-server/exports/result-set.ts'
import { drawPdf } from '../../sync-server/print/draw-pdf.ts'
import { pagesOf } from '../../sync-server/print/print-job.ts'
import { readPdf } from '../print/read-pdf.ts'
import { atMinute, factMaker, planOf } from '../rules/make-facts.ts'
import { resultsOf } from './make-results.ts'
import { allOf, readXlsx } from './read-files.ts'

const teams = [
  { number: '21', name: 'Alpha', classIds: ['a'] },
  { number: '22', name: 'Bravo', classIds: ['b'] },
  { number: '23', name: 'Charlie', classIds: ['a'] },
  { number: '24', name: 'Delta', classIds: ['a', 'b'] },
]
const made = resultsOf(
  teams.flatMap(({ number, name, classIds }, n) => {
    const make = factMaker(number)
    const members = [
      { id: 'm1', name: `${name} One` },
      { id: 'm2', name: `${name} Two` },
    ]
    return [
      make.entry({ name, classIds, members }),
      make.scanned('ST', atMinute(0)),
      make.scanned('S1', atMinute(15)),
      make.scanned('1', atMinute(30)),
      make.scanned('GO', atMinute(100 + n)),
    ]
  }),
  planOf(),
)
const view = {
  ...made,
  cards: new Map(made.cards),
  checkpoints: new Map(made.checkpoints),
  verdicts: new Map(made.verdicts.map((one) => [one.checkin, one])),
}
const images = made.verdicts.map(({ checkin, team, at }, n): ImageDoc => {
  const photo = `${team}:photo:${String(n).padStart(6, '0')}`
  const about = { team, checkin, purpose: 'checkin', version: 1, takenAt: at, sizes: {} } as const
  return { _id: `image:${photo}`, type: 'image', event: 'demo', photo, ...about }
})

async function bytesOf(file: ExportFile, given: Partial<ExportQuery>): Promise<Uint8Array> {
  const asked = exportQuery.parse(given)
  const set = resultSet(view, { asked, language: 'en', nowMs: Date.UTC(2026, 4, 3, 6), people: {} })
  const parts = await makeExport(set, file, {
    options: asked,
    print: async (job) => drawPdf({ ...job, pages: (measure) => pagesOf(job, measure) }),
    photos: async () => ({
      images,
      verdicts: view.verdicts,
      storage: { get: async () => Uint8Array.of(0xff, 0xd8, 0xff, 1) },
      originalsOf: async (team: string) =>
        new Map(images.filter((one) => one.team === team).map(({ photo }) => [photo, photo])),
    }),
    certificate: async () => {
      const words = { ja: '', en: '{team} {members}' }
      return { title: words, text: words, signature: { ja: '', en: '' }, _rev: null }
    },
  })
  return await allOf(parts)
}

/** All that a file says, whatever it is. */
async function saidIn(file: ExportFile, given: Partial<ExportQuery>): Promise<string> {
  const bytes = await bytesOf(file, given)
  if (file.endsWith('.xlsx')) return readXlsx(bytes).flat().join(' ')
  if (file.endsWith('.zip'))
    return `${Object.keys(unzipSync(bytes)).join(' ')} ${strFromU8(unzipSync(bytes)['manifest.json']!)}`
  if (!file.endsWith('.pdf')) return new TextDecoder().decode(bytes)
  const { pages, texts } = await readPdf(bytes)
  return (await Promise.all(Array.from({ length: pages }, (_, n) => texts(n + 1)))).flat().join(' ')
}
const named = (said: string) => teams.map(({ name }) => name).filter((name) => said.includes(name))

/** The same for whoever asks. */
const ofNoTeam = exportNames.filter((file) => file.startsWith('checkpoints.'))
const ofTeams = exportNames.filter((file) => !ofNoTeam.includes(file))

test.each(ofTeams)('[XP21] %s has the teams that the filter leaves, and no others', async (file) => {
  expect(named(await saidIn(file, {}))).toEqual(['Alpha', 'Bravo', 'Charlie', 'Delta'])
  expect(named(await saidIn(file, { class: 'a' }))).toEqual(['Alpha', 'Charlie', 'Delta'])
  expect(named(await saidIn(file, { class: 'b' }))).toEqual(['Bravo', 'Delta'])
  expect(named(await saidIn(file, { words: 'ｂｒａ' }))).toEqual(['Bravo'])
  expect(named(await saidIn(file, { team: '23' }))).toEqual(['Charlie'])
  expect(named(await saidIn(file, { class: 'b', words: 'alpha' }))).toEqual([])
})

test('[XP22] awards and certificates go down to the place that was asked for; one for each member names that member', async () => {
  const top = { class: 'a', top: 1 }
  for (const file of ['awards.csv', 'awards.pdf', 'certificates.pdf'] as const)
    expect(named(await saidIn(file, top))).toEqual(['Alpha'])
  const pages = async (given: Partial<ExportQuery>) => (await readPdf(await bytesOf('certificates.pdf', given))).pages
  expect(await pages({ class: 'a' })).toBe(3)
  expect(await pages({ class: 'a', each: 'member' })).toBe(6)
  const { texts } = await readPdf(await bytesOf('certificates.pdf', { ...top, each: 'member' }))
  const [first, second] = [(await texts(1)).join(' '), (await texts(2)).join(' ')]
  expect([first.includes('Alpha One'), first.includes('Alpha Two')]).toEqual([true, false])
  expect([second.includes('Alpha One'), second.includes('Alpha Two')]).toEqual([false, true])
})
