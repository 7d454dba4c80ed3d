import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReviewQueue } from '../../design-docs/console.ts'
import type { RankingPage, SnapshotLine } from '../../design-docs/rankings.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { readText } from '../../sync-server/results/read-text.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { hardNames, hardResults } from './make-results.ts'

let it: Console
beforeAll(async () => {
  it = await openConsole()
  await it.write(...hardResults().facts)
  await it.settled()
}, 30_000)
afterAll(() => it.close())

async function take(file: string, { role = 'judge' as 'judge' | 'staff', language = 'en' } = {}) {
  const response = await it.app.request(`/api/events/demo/exports/${file}`, {
    headers: { authorization: `Bearer ${await it.token(role)}`, 'accept-language': language },
  })
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
}
const tableOf = (bytes: Uint8Array) => parseCsv(readText(bytes).text).map(({ cells }) => cells)

describe('exports over the API', () => {
  test('[XP10] a CSV comes as a file, in the language asked for, of what the filter lets through', async () => {
    const { response, bytes } = await take('results.csv?class=a&result=no-place&language=ja')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="demo-results.csv"')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, ...rows] = tableOf(bytes)
    expect(head!.slice(0, 4)).toEqual(['クラス', '順位', '番号', 'チーム名'])
    expect(rows.map((cells) => [cells[2], cells.at(-1)]).toSorted()).toEqual([
      ['15', '失格'],
      ['16', 'ゴールなし'],
    ])
  })

  test('[XP10] times and spans are the event’s own, whatever zone the server is in', async () => {
    const [, row] = tableOf((await take('results.csv?words=12&class=b')).bytes)
    expect(row!.slice(-4)).toEqual(['2026-05-03 10:00:00', '2026-05-03 12:50:30', '2:50:30', 'placed'])
  })

  test('[XP8] Shift_JIS is refused with what it lacks, or says it by number', async () => {
    const refused = await take('results.csv?encoding=shift-jis')
    expect(refused.response.status).toBe(422)
    const said = JSON.parse(new TextDecoder().decode(refused.bytes))
    expect(said.error).toMatchObject({ code: 'ZK-EXPORT-001', figures: { characters: ['𠮷'] } })
    const { bytes, response } = await take('results.csv?encoding=shift-jis&unwritable=number')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=shift_jis')
    const names = tableOf(bytes).map((cells) => cells[3])
    expect(names).toContain('&#134071;野家')
    for (const name of hardNames.filter((one) => !one.includes('𠮷'))) expect(names).toContain(name)
    expect((await take('results.csv?encoding=shift-jis&words=髙﨑')).response.status).toBe(200)
  })

  test('[XP10] another class, another file and another filter are refused; staff get nothing', async () => {
    expect((await take('results.csv?class=zz')).response.status).toBe(404)
    expect((await take('passwords.csv')).response.status).toBe(400)
    expect((await take('results.csv?clas=a')).response.status).toBe(400)
    expect((await take('results.csv', { role: 'staff' })).response.status).toBe(403)
  })

  test('[XP18] all together as one ranking: each team once, timed from the start of its own class', async () => {
    const [head, ...rows] = tableOf((await take('results.csv?class=_overall')).bytes)
    const page = await it.judge.ask<RankingPage>('GET', '/events/demo/rankings/_overall')
    const ranked = page.body.ranking!.rows
    const column = (name: string) => head!.indexOf(name)
    expect(rows.map((cells) => cells[column('Number')])).toEqual(ranked.map(({ team }) => team))
    expect(rows.map((cells) => cells[column('Place')])).toEqual(ranked.map(({ place }) => String(place ?? '')))
    expect(new Set(rows.map((cells) => cells[column('Class')]))).toEqual(new Set(['Overall']))
    const pdf = await take('results.pdf?class=_overall')
    expect(pdf.response.headers.get('content-type')).toBe('application/pdf')
  })

  test('[XP19] a snapshot, and what is published, is told as it was, whatever has been decided since', async () => {
    expect((await take('results.csv?snapshot=published')).response.status).toBe(404)
    const asked = { name: 'before', occasion: 'hand' }
    const { body: kept } = await it.judge.ask<SnapshotLine>('POST', '/events/demo/snapshots', asked)
    const before = tableOf((await take('results.csv')).bytes)
    await it.write(factMaker('12').make('adjustment', { at: atMinute(300), points: -500, reason: 'late', as: 'judge' }))
    await it.settled()
    expect(tableOf((await take('results.csv')).bytes)).not.toEqual(before)
    expect(tableOf((await take(`results.csv?snapshot=${kept.id}`)).bytes)).toEqual(before)
    const wish = { action: 'publish', classes: ['a'], snapshot: kept.id }
    expect((await it.admin.ask('PUT', '/events/demo/publication', wish)).status).toBe(200)
    const published = tableOf((await take('results.csv?snapshot=published')).bytes)
    expect(published).toEqual(tableOf((await take(`results.csv?snapshot=${kept.id}&class=a`)).bytes))
    expect((await take(`results.csv?snapshot=${'0'.repeat(26)}`)).response.status).toBe(404)
  })

  test('[XP20] check-ins come by what the review screen shows: undecided, by reason, device and team', async () => {
    const count = async (query: string) => tableOf((await take(`checkins.csv?${query}`)).bytes).length - 1
    const queue = async (query: string) =>
      (await it.judge.ask<ReviewQueue>('GET', `/events/demo/review?${query}`)).body.total
    expect(await count('status=open')).toBe(await queue('filter=open'))
    expect(await count('status=decided')).toBe(await queue('filter=decided'))
    const narrow = 'reason=no-position&team=13&class=a'
    expect(await count(`status=open&${narrow}`)).toBe(await queue(`filter=open&${narrow}`))
    expect(await count('status=open&device=nobodys')).toBe(0)
    expect(await count('status=open&team=13')).toBeLessThan(await count('status=open'))
  })

  test('[XP11] checkpoints that were taken out are taken in again without a change', async () => {
    for (const language of ['ja', 'en']) {
      const { bytes } = await take(`checkpoints.csv?language=${language}`)
      const answer = await it.admin.ask<{ lines: { does: string }[] }>(
        'POST',
        '/events/demo/imports/checkpoints',
        bytes,
      )
      expect(answer.body.lines.map(({ does }) => does)).toEqual(Array.from({ length: 8 }, () => 'same'))
    }
  })
})
