import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '../../design-docs/audit.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { entryForm } from '../../design-docs/entry.ts'
import { ulid } from '../../design-docs/ids.ts'
import { outgoing } from '../../design-docs/mail.ts'
import { account } from '../../design-docs/office.ts'
import { invitation } from '../../design-docs/sign-in.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { composeMail } from '../../sync-server/post/compose-mail.ts'
import { writeMail } from '../../sync-server/post/write-mail.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

let doors: Doors
let admin: Phone
beforeEach(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  await plan({ staffApply: true })
  admin = await doors.signIn('admin')
})
afterEach(() => doors.close())

async function plan(more: object, phase: 'draft' | 'open' | 'closed' | 'published' = 'open') {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const standing = await desk.get('event')
  const event = { ...eventDoc({ phase }), event: doors.event, code: doors.event, ...more }
  await desk.put({ ...(event as unknown as CouchDoc), ...(standing && { _rev: standing._rev }) })
}
const newDraft = () => ulid(doors.clock.now, randomBytes(10))
const good = {
  name: '山田 花子',
  kana: 'やまだ はなこ',
  mail: 'hanako@example.org',
  wish: 'judge',
  about: '',
  consent: true,
}
async function answerOf(answer: Response) {
  const json = (await answer.json()) as { error?: { code: string; figures?: { fields?: { field: string }[] } } }
  return { status: answer.status, code: json.error?.code ?? '', fields: json.error?.figures?.fields ?? [], json }
}
const apply = async (more: object = {}, draft = newDraft(), language = 'ja') => {
  const body = { draft, application: { ...good, ...more }, language }
  return answerOf(await doors.app.request(`/api/events/${doors.event}/applications`, jsonRequest(body)))
}
const decide = async (draft: string, json: object, by = admin) => {
  const path = `/api/events/${doors.event}/applications/${draft}`
  return answerOf(await by.fetch(path, { ...jsonRequest(json), method: 'PUT' }))
}
const linkIn = ({ json }: { json: object }) => (json as { way: { link: string } | null }).way?.link ?? null
type Row = { draft: string; name: string; state: string; role?: string }
const listed = async () =>
  ((await (await admin.fetch(`/api/events/${doors.event}/applicants`)).json()) as { applications: Row[] }).applications
const applied = async () => {
  const draft = newDraft()
  await apply({}, draft)
  return draft
}
const mails = () => readDocs(doors.it.office, 'outgoing', outgoing)
const written = async (n = 0) => {
  const mail = await writeMail(doors.it, (await mails())[n]!, { baseUrl: 'https://run.example', domain: 'run.example' })
  return mail
}
async function comeIn(link: string, id = randomBytes(10).toString('hex')) {
  const token = /#invite=([\w-]{43})$/.exec(link)?.[1]
  const body = { token, device: { id, name: 'Phone', app: 'staff', version: '1' } }
  return await doors.app.request('/api/login/invitation', jsonRequest(body))
}

describe('applying', () => {
  test('[AP3] is kept in the office and nowhere else, once however often it is sent', async () => {
    const draft = newDraft()
    const all = await Promise.all([apply({}, draft), apply({}, draft), apply({ about: '受付' }, draft)])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    const _id = `application:${doors.event}:${draft}`
    const kept = await doors.it.office.get(_id)
    expect(kept).toMatchObject({
      event: doors.event,
      name: '山田\u3000花子',
      mail: 'hanako@example.org',
      wish: 'judge',
    })
    expect(await listed()).toHaveLength(1)
    const elsewhere = await doors.couch.database(databaseName(doors.event, 'desk')).all({ includeDocs: true })
    expect(JSON.stringify(elsewhere)).not.toContain('hanako')
    const lines = (await readDocs(doors.it.office, 'audit', audit)).filter(({ action }) => action === 'applied')
    expect(lines.map(({ about }) => about)).toEqual([draft])
    expect(JSON.stringify(lines)).not.toMatch(/花子|hanako/)
    // It mails nobody: whoever types the address of another sends them nothing.
    expect(await mails()).toEqual([])
  })

  test('[AP15] of more than 300 the newest that wait are listed, and how many there are is said', async () => {
    const kept = await doors.it.office.get(`application:${doors.event}:${await applied()}`)
    const { _id, _rev, ...rest } = kept ?? { _id: '', _rev: '' }
    const others = Array.from({ length: 301 }, (_, n) => {
      const draft = newDraft()
      return { ...rest, _id: `application:${doors.event}:${draft}`, draft, at: n }
    })
    await doors.it.office.bulk(others)
    const answer = await admin.fetch(`/api/events/${doors.event}/applicants`)
    const { applications, applicationsInAll } = (await answer.json()) as {
      applications: Row[]
      applicationsInAll: number
    }
    expect([applications.length, applicationsInAll]).toEqual([300, 302])
    expect(applications[0]?.draft).toBe(rest.draft)
  })

  test('[AP4] what was put right before anybody decided takes the place of what came first, and nothing after', async () => {
    const draft = newDraft()
    await apply({}, draft)
    await apply({ wish: 'core' }, draft)
    expect(await listed()).toMatchObject([{ wish: 'core' }])
    await decide(draft, { is: 'granted', role: 'core' })
    expect((await apply({ name: '別の 人' }, draft)).status).toBe(200)
    expect(await listed()).toMatchObject([{ name: '山田\u3000花子', state: 'invited' }])
  })

  test.each([
    ['a second line in the address', { mail: 'a@example.org\r\nBcc: all@example.org' }, 'mail'],
    ['a second line in the name', { name: '山田 太郎\r\nSubject: x' }, 'name'],
    ['10,000 characters', { about: 'x'.repeat(10_000) }, 'about'],
    ['501 characters', { about: 'x'.repeat(501) }, 'about'],
    ['a role with all rights', { wish: 'admin' }, 'wish'],
    ['no consent', { consent: false }, 'consent'],
    ['a field too many', { role: 'admin' }, ''],
  ])('[AP5] %s is refused beside its field', async (_, more, field) => {
    const answer = await apply(more)
    expect([answer.status, answer.code]).toEqual([400, 'ZK-ENTRY-003'])
    expect(answer.fields.map((one) => one.field.replace('application.', '')).join()).toContain(field)
    expect(await listed()).toEqual([])
  })

  test('[AP5] an id that is none, another event and a script', async () => {
    expect((await apply({}, 'x')).status).toBe(400)
    const body = { draft: newDraft(), application: good, language: 'ja' }
    const other = await answerOf(await doors.app.request('/api/events/other/applications', jsonRequest(body)))
    expect([other.status, other.code]).toEqual([403, 'ZK-ENTRY-007'])
    const draft = newDraft()
    await apply({ name: '<script>alert(1)</script> 太郎', about: '<img src=x onerror=alert(1)>' }, draft)
    await decide(draft, { is: 'granted', role: 'staff' })
    const { html = '' } = (await written()) ?? {}
    expect(html).not.toContain('<script')
    expect(html).toContain('alert(1)')
  })

  test('[AP17] asks the organizers’ own questions of staff alone, and shows admins the answers', async () => {
    const label = { ja: 'シャツ', en: 'Shirt' }
    const shirt = { id: 'shirt', of: 'staff', kind: 'choice', label, required: true, choices: [{ id: 'm', label }] }
    const car = { id: 'car', of: 'entry', kind: 'text', label, required: true }
    const members = { min: 1, max: 3 }
    await plan({ staffApply: true, entryForm: entryForm.parse({ members, fields: [shirt, car] }) })
    const form = await answerOf(await doors.app.request(`/api/events/${doors.event}/staff-form`))
    expect((form.json as unknown as { fields: object[] }).fields).toMatchObject([{ id: 'shirt' }])
    expect(await apply()).toMatchObject({
      code: 'ZK-ENTRY-003',
      fields: [{ field: 'answers.shirt', problem: 'missing' }],
    })
    expect((await apply({ answers: { shirt: 'm', other: 'x' } })).status).toBe(200)
    const answer = await admin.fetch(`/api/events/${doors.event}/applicants`)
    expect(await answer.json()).toMatchObject({
      fields: [{ id: 'shirt' }],
      applications: [{ answers: { shirt: 'm' } }],
    })
  })

  test('[AP6] is open by a switch of the event until it is over; who lost the answer still hears it', async () => {
    const form = async () => answerOf(await doors.app.request(`/api/events/${doors.event}/staff-form`))
    expect((await form()).json).toMatchObject({ state: 'open', memberNames: 'full' })
    const draft = newDraft()
    await apply({}, draft)
    for (const [more, phase] of [
      [{ staffApply: false }, 'open'],
      [{ staffApply: true }, 'closed'],
      [{ staffApply: true }, 'published'],
    ] as const) {
      await plan(more, phase)
      expect((await form()).json).toMatchObject({ state: 'closed' })
      expect((await apply()).code).toBe('ZK-ENTRY-007')
      expect((await apply({}, draft)).status).toBe(200)
    }
    for (const [more, phase] of [
      [{}, 'open'],
      [{ staffApply: true }, 'draft'],
    ] as const) {
      await plan(more, phase)
      expect((await form()).code).toBe('ZK-ENTRY-007')
    }
  })

  test('[AP7] a flood is told to wait, and for how long', async () => {
    const answers = []
    for (let n = 0; n < 61; n++) answers.push(await apply({ consent: false }))
    expect(answers.slice(0, 60).every(({ status }) => status === 400)).toBe(true)
    expect([answers[60]?.status, answers[60]?.code]).toEqual([429, 'ZK-AUTH-005'])
    doors.clock.now += 10 * 60_000
    expect((await apply()).status).toBe(200)
  })
})

describe('deciding', () => {
  test('[AP8] two admins at once make one account, one invitation and one mail; it lets one device in', async () => {
    const draft = newDraft()
    await apply({}, draft)
    const second = await doors.signIn('admin')
    const both = await Promise.all([admin, second].map((by) => decide(draft, { is: 'granted', role: 'judge' }, by)))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const links = both.map(linkIn)
    expect(links[0]).toMatch(/\/admin\/#invite=[\w-]{43}$/)
    expect(links[1]).toBe(links[0])
    const accounts = (await readDocs(doors.it.office, 'account', account)).filter(({ name }) => name.includes('花子'))
    expect(accounts).toMatchObject([{ role: 'judge', event: doors.event }])
    const invitations = await readDocs(doors.it.office, 'invitation', invitation)
    expect(invitations.filter(({ name }) => name.includes('花子'))).toHaveLength(1)
    expect(await mails()).toHaveLength(1)
    const given = (await readDocs(doors.it.office, 'audit', audit)).filter(({ action }) => action === 'role-given')
    expect(given).toMatchObject([{ about: accounts[0]?.account, details: { role: 'judge' } }])
    expect(JSON.stringify(await doors.it.office.all({ includeDocs: true }))).not.toContain(links[0]?.split('=')[1])
    expect((await comeIn(links[0]!)).status).toBe(200)
    expect((await comeIn(links[0]!)).status).toBe(410)
    expect(await listed()).toMatchObject([{ state: 'arrived', role: 'judge' }])
    expect(linkIn(await decide(draft, { is: 'granted', role: 'judge' }))).toBeNull()
  })

  test('[AP9] another role, or a no, after a role was given is refused; a yes after a no is not', async () => {
    const [one, other] = [newDraft(), newDraft()]
    await apply({}, one)
    await apply({}, other)
    await decide(one, { is: 'granted', role: 'staff' })
    expect((await decide(one, { is: 'granted', role: 'admin' })).code).toBe('ZK-ENTRY-008')
    expect((await decide(one, { is: 'declined', tell: true })).code).toBe('ZK-ENTRY-008')
    expect((await decide(other, { is: 'declined', tell: false })).status).toBe(200)
    expect(await mails()).toHaveLength(1)
    expect((await decide(other, { is: 'granted', role: 'admin' })).status).toBe(200)
    expect((await decide(newDraft(), { is: 'granted', role: 'staff' })).status).toBe(404)
    expect((await decide(one, { is: 'granted', role: 'server' })).status).toBe(400)
  })

  test('[AP10] an invitation that ran out or was withdrawn is made anew for the same account', async () => {
    const draft = newDraft()
    await apply({}, draft)
    const first = linkIn(await decide(draft, { is: 'granted', role: 'staff' }))
    expect(linkIn(await decide(draft, { is: 'granted', role: 'staff' }))).toBe(first)
    doors.clock.now += 15 * 24 * 3_600_000
    admin = await doors.signIn('admin')
    expect(await listed()).toMatchObject([{ state: 'run-out' }])
    expect(await written()).toBeNull()
    const next = linkIn(await decide(draft, { is: 'granted', role: 'staff' }))
    expect(next).not.toBe(first)
    expect((await comeIn(first!)).status).toBe(410)
    expect((await comeIn(next!)).status).toBe(200)
    const accounts = (await readDocs(doors.it.office, 'account', account)).filter(({ name }) => name.includes('花子'))
    expect(accounts).toHaveLength(1)
    expect(await mails()).toHaveLength(2)
  })

  test.each([
    ['ja', 'スタッフの招待', '役割は「本部スタッフ」です', 'スタッフ応募について'],
    ['en', 'invitation as staff', 'Your role is: core staff', 'your application as staff'],
  ])(
    '[AP11] the mails in %s say the same in text and HTML, to the applicant alone',
    async (language, subject, role, no) => {
      const [one, other] = [newDraft(), newDraft()]
      await apply({}, one, language)
      const link = linkIn(await decide(one, { is: 'granted', role: 'core' })) ?? ''
      const mail = await written()
      const token = link.split('#')[1]
      expect(mail).toMatchObject({ to: 'hanako@example.org' })
      expect(mail?.subject).toContain(subject)
      for (const body of [mail?.text, mail?.html]) {
        expect(body).toContain(role)
        expect(body).toContain('山田\u3000花子')
        expect(body).toContain(`https://run.example/admin/#${token}`)
      }
      expect(String(await composeMail(mail!))).toMatch(/multipart\/alternative/)
      expect(JSON.stringify(await mails())).not.toContain(token)
      // Once it was used the mail says nothing that holds.
      await comeIn(link)
      expect(await written()).toBeNull()
      await apply({}, other, language)
      await decide(other, { is: 'declined', word: 'また<来年>', tell: true })
      const kept = (await mails()).findIndex(({ occasion }) => occasion === 'declined')
      const declined = await written(kept)
      expect(declined?.subject).toContain(no)
      expect(declined?.text).toContain('また<来年>')
      expect(declined?.html).toContain('また&#60;来年&#62;')
      expect(declined?.text).not.toContain('invite=')
    },
  )
})
