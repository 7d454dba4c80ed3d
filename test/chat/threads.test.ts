import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CannedReplyList, Overview, ThreadList, ThreadPage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { ChatFact, FactOf } from '../../design-docs/facts.ts'
import { personId } from '../../design-docs/ids.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

let console: Console
const one = factMaker('12')
const asTeam = { by: 'team12', as: 'participant', device: 'teamphone' } as const
const far = one.recorded('2', atMinute(90))
const question = one.make('chat', {
  at: atMinute(100),
  kind: 'question',
  text: 'なぜ審査待ちですか？\r\n"ちゃんと"撮りました',
  about: far._id,
  ...asTeam,
})
const hostile = one.make('chat', { at: atMinute(101), kind: 'text', text: '=1+1,<script>alert(1)</script>', ...asTeam })
beforeAll(async () => {
  console = await openConsole()
  for (const [account, role] of [
    ['core', 'core'],
    ['judge', 'judge'],
    ['steward', 'staff'],
  ])
    await console.couch
      .database(databaseName('demo', 'desk'))
      .put({ _id: personId(account!), type: 'person', event: 'demo', account, name: `人 ${account}`, role })
  await console.write(
    one.entry({ name: '=山の会+' }),
    factMaker('13').entry({ name: "O'Brien" }),
    far,
    question,
    hostile,
  )
})
afterAll(() => console.close())

let made = 0
const core = () => console.caller('core')
const decide = (decision: object, as = core()) =>
  as.ask<{ fact: string }>('POST', '/events/demo/decisions', {
    id: `01J000000000000000000000${String(++made).padStart(2, '0')}`,
    ageMs: 0,
    ...decision,
  })
async function list(): Promise<ThreadList> {
  await console.settled()
  return (await core().ask<ThreadList>('GET', '/events/demo/threads')).body
}
async function page(team = '12'): Promise<ThreadPage> {
  await console.settled()
  return (await core().ask<ThreadPage>('GET', `/events/demo/threads/${team}`)).body
}
const unread = async () => (await core().ask<Overview>('GET', '/events/demo/overview')).body.unreadMessages

test('[CT11] headquarters sees each thread with what is unread and since when an answer is owed, and who can take it', async () => {
  const { threads, people } = await list()
  expect(threads).toMatchObject([
    { team: '12', teamName: '=山の会+', unread: 2, messages: 2, unansweredSince: atMinute(100), state: 'open' },
  ])
  expect(threads[0]).not.toHaveProperty('handling')
  expect(people).toEqual([
    { account: 'core', name: '人 core' },
    { account: 'judge', name: '人 judge' },
  ])
  expect(await unread()).toBe(2)
})

test('[CT12] the thread shows every message as it was written, and the check-in that is asked about', async () => {
  const { messages, about } = await page()
  expect(messages.map(({ kind, text, as }) => ({ kind, text, as }))).toEqual([
    { kind: 'question', text: question.text, as: 'participant' },
    { kind: 'text', text: hostile.text, as: 'participant' },
  ])
  expect(about).toMatchObject([{ checkin: far._id, team: '12', checkpoint: '2' }])
  expect(await page('13')).toMatchObject({ messages: [], thread: { team: '13', messages: 0, state: 'open' } })
  expect((await core().ask('GET', '/events/demo/threads/77')).status).toBe(404)
})

test('[CT13] reading, answering, taking and closing are facts of whoever did it; sent twice they are one', async () => {
  await decide({ kind: 'read', team: '12', messages: [question._id, hostile._id] })
  expect(await list()).toMatchObject({ threads: [{ unread: 0, unansweredSince: atMinute(100) }] })
  expect(await unread()).toBe(0)
  await decide({ kind: 'handling', team: '12', step: 'assign', to: 'judge' })
  const again = {
    kind: 'chat',
    team: '12',
    text: '審査中です',
    replyTo: question._id,
    id: '01J000000000000000000000ZZ',
  }
  const { body } = await decide(again, console.judge)
  expect((await decide(again, console.judge)).body).toEqual(body)
  await decide({ kind: 'handling', team: '12', step: 'done' })
  const { thread, messages, handling } = await page()
  expect(thread).toMatchObject({ state: 'done', assignee: 'judge', unansweredSince: null, messages: 3 })
  expect(messages.at(-1)).toMatchObject({ kind: 'answer', by: 'judge', as: 'judge', replyTo: question._id })
  expect(messages[0]).toMatchObject({ readBy: 'core' })
  expect(handling.map(({ step, to, by }) => [step, to, by])).toEqual([
    ['assign', 'judge', 'core'],
    ['done', undefined, 'core'],
  ])
  const facts = (await console.log()).filter((doc) => doc?.type === 'chat') as unknown as ChatFact[]
  expect(facts.filter(({ device }) => device === 'judgedevice')).toHaveLength(1)
})

test('[CT14] nothing is said to a team that is none, nothing given to someone who cannot see it, and nothing empty or endless said', async () => {
  const refused = async (decision: object) => (await decide(decision)).status
  expect(await refused({ kind: 'chat', team: '77', text: 'x' })).toBe(404)
  expect(await refused({ kind: 'handling', team: '77', step: 'done' })).toBe(404)
  expect(await refused({ kind: 'handling', team: '12', step: 'assign', to: 'steward' })).toBe(404)
  expect(await refused({ kind: 'handling', team: '12', step: 'assign', to: 'team12' })).toBe(404)
  expect(await refused({ kind: 'chat', team: '12', text: ' \n' })).toBe(400)
  expect(await refused({ kind: 'chat', team: '12', text: 'x'.repeat(2001) })).toBe(400)
  expect(await refused({ kind: 'read', team: '12', messages: [] })).toBe(400)
  expect(await refused({ kind: 'chat', team: '13', text: 'x'.repeat(2000) })).toBe(200)
})

test('[CT15] its author takes a message back through the same door; the desk keeps what it was', async () => {
  const { body } = await decide({ kind: 'chat', team: '13', text: 'to the wrong team' })
  await decide({ kind: 'void', fact: body.fact, reason: 'wrong team' })
  const last = (await page('13')).messages.at(-1)
  expect(last).toMatchObject({ text: 'to the wrong team', takenBack: { by: 'core' } })
})

test('[CT23] a thread is found by what was ever said in it, however it is typed', async () => {
  const found = async (words: string) => {
    const path = `/events/demo/threads?words=${encodeURIComponent(words)}`
    return (await core().ask<ThreadList>('GET', path)).body.threads.map(({ team }) => team)
  }
  await console.settled()
  expect(await found('ﾅｾﾞ 撮りました')).toEqual(['12'])
  expect(await found('WRONG team')).toEqual(['13'])
  expect(await found('なぜ team')).toEqual([])
})

test('[CT16] the log comes out as it was said, in the event’s time, whoever’s names, quotes and formulas are in it', async () => {
  const ask = async (query = '', language = 'en') =>
    await console.app.request(`/api/events/demo/chat-log${query}`, {
      headers: { authorization: `Bearer ${await console.token('core')}`, 'accept-language': language },
    })
  await console.settled()
  const answer = await ask('?team=12')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="demo-chat-12.csv"')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const text = new TextDecoder().decode(bytes)
  expect(text.split('\r\n').every((line) => line === '' || /^["\p{L}]/u.test(line))).toBe(true)
  expect(text).toContain('"\'=山の会+"')
  expect(text).toContain('"\'=1+1,<script>alert(1)</script>"')
  const [headings, ...lines] = parseCsv(text.replace('\uFEFF', '')).map(({ cells }) => cells)
  expect(headings?.slice(0, 7)).toEqual(['Number', 'Team', 'Time', 'Side', 'Who', 'Kind', 'Text'])
  expect(lines[0]?.slice(0, 8)).toEqual([
    '12',
    '=山の会+',
    '2026-05-03 11:40:00',
    'team',
    'team12',
    'question',
    question.text,
    far._id,
  ])
  expect(lines.map((cells) => cells[5])).toEqual(['question', 'message', 'assigned', 'answer', 'done'])
  const everyone = parseCsv(await (await ask('', 'ja')).text()).map(({ cells }) => cells)
  expect(everyone[0]?.[1]).toBe('チーム')
  expect(new Set(everyone.slice(1).map(([team]) => team))).toEqual(new Set(['12', '13']))
  expect(everyone.find((cells) => cells[6] === 'to the wrong team')?.[9]).toMatch(/ core$/)
})

test('[CT17] canned replies are kept in both languages; who saves over another’s change is told', async () => {
  const path = '/events/demo/canned-replies'
  expect((await core().ask('GET', path)).body).toEqual({ replies: [], _rev: null })
  const replies = [{ id: 'wait', text: { ja: 'お待ちください。', en: 'One moment, please.' } }]
  const saved = await core().ask<CannedReplyList>('PUT', path, { replies, _rev: null })
  expect(saved.body).toMatchObject({ replies, _rev: expect.stringMatching(/^1-/) })
  const clash = await console.admin.ask('PUT', path, { replies: [], _rev: null })
  expect(clash).toMatchObject({ status: 409, body: { error: { figures: { theirs: { replies } } } } })
  expect((await console.judge.ask('PUT', path, { replies: [], _rev: saved.body._rev })).status).toBe(403)
  expect((await console.judge.ask('GET', path)).status).toBe(200)
})

test('[CT18] what changes in a thread is told to every open console', async () => {
  const answer = await console.app.request('/api/live?event=demo', {
    headers: { authorization: `Bearer ${await console.token('core')}` },
  })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = async (pattern: RegExp) => {
    while (!pattern.test(heard)) heard += (await reader.read()).value ?? ''
  }
  await until(/event: hello/)
  const read: FactOf<'read'> = one.make('read', { at: Date.now(), messages: [question._id], ...asTeam })
  await console.write(one.make('chat', { at: Date.now(), kind: 'text', text: 'ありがとう', ...asTeam }), read)
  await until(/"threads":\["12"\]/)
  await reader.cancel()
})
