import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { Question, SurveyDoc, SurveyResults } from '../../design-docs/surveys.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { writeCsv } from '../../sync-server/results/write-csv.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { factMaker } from '../rules/make-facts.ts'
import { surveyDoc } from '../rules/make-pages.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

const [one, other] = [factMaker('12'), factMaker('13')]
const save = (doc: SurveyDoc, slug = 'thanks') =>
  console.admin.ask<SurveyDoc>('PUT', `/events/demo/surveys/${slug}`, doc)

it('[SU8] a survey is on the phones while it is shown; a clash and bad fields are named', async () => {
  const { body: made } = await save(surveyDoc())
  await console.settled()
  const board = console.couch.database(databaseName('demo', 'board'))
  expect(await board.get('survey:thanks')).toMatchObject({ title: { en: 'Survey' } })
  const { body: hidden } = await save({ ...made, state: 'hidden' })
  await console.settled()
  expect(await board.get('survey:thanks')).toBeNull()
  expect((await save(made)).status).toBe(409)
  expect((await save({ ...hidden, state: 'shown' })).status).toBe(200)
  const [good] = surveyDoc().questions
  const yes = { id: 'yes', label: { ja: 'はい', en: 'Yes' } }
  const doubled: Question = { ...good!, id: 'doubled', kind: 'many', choices: [yes, yes] }
  const bad = surveyDoc({
    _id: 'survey:bad',
    title: { ja: '', en: '' },
    opensAt: 5,
    closesAt: 5,
    questions: [good!, { ...good!, label: { ja: '', en: ' ' } }, doubled],
  })
  expect(await save(bad, 'bad')).toMatchObject({
    status: 400,
    body: {
      error: {
        figures: {
          fields: [
            { field: 'title', problem: 'missing' },
            { field: 'closesAt', problem: 'before-start' },
            { field: 'questions.1.id', problem: 'twice' },
            { field: 'questions.1.label', problem: 'missing' },
            { field: 'questions.2.choices.1.id', problem: 'twice' },
          ],
        },
      },
    },
  })
})

it('[SU9] answers are counted anew as they come, and shown without who gave them', async () => {
  await console.write(
    one.entry({ classIds: ['a'] }),
    one.answer({ good: 'yes', liked: ['course', 'food'], stars: 4, words: '=SUM(A1)' }),
    other.answer({ good: 'no', words: '雨, "でも"\n楽しい' }),
  )
  await console.settled()
  const results = async () =>
    (await console.judge.ask<SurveyResults>('GET', '/events/demo/surveys/thanks/results')).body
  const first = await results()
  expect(first.tally).toMatchObject({ answered: 2, questions: [{ counts: { yes: 1, no: 1 } }, {}, {}, {}] })
  expect(first.texts.words?.toSorted()).toEqual(['=SUM(A1)', '雨, "でも"\n楽しい'])
  expect(JSON.stringify(first)).not.toMatch(/"team"|"device"|"by"|p1[23]/)
  await console.write(other.answer({ good: 'yes' }, { at: Date.now() }))
  expect((await results()).tally).toMatchObject({ answered: 2, questions: [{ counts: { yes: 2, no: 0 } }, {}, {}, {}] })
  const { body } = await console.judge.ask<{ surveys: { answered: number }[] }>('GET', '/events/demo/surveys')
  expect(body.surveys.map(({ answered }) => answered)).toEqual([2])

  // Asked of one class alone, only what was said in it is shown.
  const { body: narrowed } = await save({ ...first.survey, audience: { classes: ['a'] } })
  await console.settled()
  expect((await results()).texts.words).toEqual(['=SUM(A1)'])
  expect((await save({ ...narrowed, audience: {} })).status).toBe(200)
  await console.settled()
})

it('[SU10] the file opens in a spreadsheet as it was written: marked UTF-8, in columns, without formulas', async () => {
  await console.write(other.answer({ good: 'no', words: '雨, "でも"\n楽しい' }, { at: Date.now() + 1000 }))
  const headers = { authorization: `Bearer ${await console.token('judge')}` }
  const file = await console.app.request('/api/events/demo/surveys/thanks/answers.csv?language=en', { headers })
  // Read as text the mark would be gone.
  const bytes = Buffer.from(await file.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const rows = parseCsv(bytes.subarray(3).toString('utf8')).map(({ cells }) => cells)
  expect(rows[0]).toEqual(['#', 'Did you enjoy it?', 'What was good?', 'How satisfied are you?', 'A word'])
  expect(
    rows
      .slice(1)
      .map(([, ...cells]) => cells)
      .toSorted(),
  ).toEqual([
    ['No', '', '', '雨, "でも"\n楽しい'],
    ['Yes', 'The course; The food', '4', '=SUM(A1)'],
  ])
  expect(bytes.toString('utf8')).toContain(`"'=SUM(A1)"`)
  expect((await console.judge.ask('GET', '/events/demo/surveys/none/answers.csv')).status).toBe(404)
})

it('[SU10] nothing that begins a formula does so in the file, in any width, after any space', () => {
  const cells = ['=1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a', '\t=1', '\r', ' =1', 'a=1', 'ー']
  const lines = writeCsv(cells.map((cell) => [cell]))
    .slice(1)
    .split('\r\n')
  expect(lines.filter((line) => /^"?'/.test(line))).toHaveLength(cells.length - 2)
  expect(writeCsv([[-5, 'a,b', 'say "x"']])).toBe('\uFEFF"-5","a,b","say ""x"""\r\n')
})
