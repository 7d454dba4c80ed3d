import { generateKeyPairSync, sign } from 'node:crypto'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../design-docs/primitives.ts'
import { signBib } from '../../functions/rules/bib-qr.ts'
import { chanceFrom } from '../../sync-server/operations/demo/chance.ts'
import { signInDemoPhone } from '../../sync-server/operations/demo/demo-phone.ts'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import { someTeams, type Zekken } from '../support/start-zekken.ts'
import { decide } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
const teams = ['106', '107', '108', '109', '110', '111'].map((team) => ({ ...someTeams[0]!, team }))
const bib = (number: string, issue = 1) => bibText({ dataDir: zekken.dataDir, event: zekken.event, number, issue })
const stranger = generateKeyPairSync('ed25519').privateKey
const strangersBib = (number: string) =>
  signBib({ event: zekken.event, number, issue: 1, kid: 'ELSEWHERE' }, async (message) => sign(null, message, stranger))

beforeAll(async () => {
  zekken = await sharedZekken({ teams: [...someTeams, ...teams] })
  browser = await sharedChromium()
  await decide(zekken, { kind: 'correction', team: '106', field: 'revokedBibs', is: [1] })
  await decide(zekken, { kind: 'correction', team: '106', field: 'bibIssue', is: 2 })
  await decide(zekken, { kind: 'ruling', team: '107', status: 'disqualified', reason: '立入禁止の場所に入った' })
  await decide(zekken, { kind: 'ruling', team: '108', status: 'withdrawn', reason: '体調不良' })
  const lookout = await otherPhone('staff', '展望台 各務')
  const tenMinutesAgo = Date.now() - 600_000
  for (const checkpoint of ['34', '18'])
    lookout.record('checkin', tenMinutesAgo, { team: '109', checkpoint, method: 'qr', verified: true, bibIssue: 1 })
  await lookout.deliver()
  const hurt = await otherPhone('participant', '隊員', ['110'])
  hurt.record('help', tenMinutesAgo, { team: '110', text: '足をくじいて動けません' })
  await hurt.deliver()
  // Facts are worked off in their order: what this one leads to is there after all the others.
  await decide(zekken, { kind: 'ruling', team: '111', status: 'disqualified', reason: '最後' })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

async function otherPhone(role: Role, name: string, ofTeams: string[] = []) {
  const link = await zekken.invite(role, name, ofTeams)
  const invitation = link.slice(link.indexOf('#invite=') + '#invite='.length)
  const clock = { skewMs: 0, measured: true }
  return await signInDemoPhone({ base: zekken.url, invitation, name, clock, chance: chanceFrom(name.length) })
}

type Expected = { tone: 'ok' | 'warn' | 'no'; title: { ja: string; en: string }; says: string[]; hides?: string }
const verdicts: Record<string, [text: () => Promise<string>, Expected]> = {
  'a revoked bib': [
    () => bib('106'),
    { tone: 'no', title: { ja: '無効になったゼッケンです', en: 'This bib has been revoked' }, says: ['106'] },
  ],
  'the newer bib of that team': [
    () => bib('106', 2),
    { tone: 'ok', title: { ja: '通過を記録しました', en: 'Checked in' }, says: ['106'] },
  ],
  'a disqualified team': [
    () => bib('107'),
    {
      tone: 'warn',
      title: { ja: '失格になったチームです', en: 'This team was disqualified' },
      says: ['立入禁止の場所に入った'],
    },
  ],
  'a withdrawn team': [
    () => bib('108'),
    { tone: 'warn', title: { ja: '出場を取り消したチームです', en: 'This team has withdrawn' }, says: ['体調不良'] },
  ],
  'a team that another phone took here': [
    () => bib('109'),
    { tone: 'warn', title: { ja: '記録済みです', en: 'Already checked in' }, says: ['10', '展望台 各務'] },
  ],
  'a team that calls for help': [
    () => bib('110'),
    { tone: 'warn', title: { ja: '助けを求めています', en: 'Calls for help' }, says: ['足をくじいて動けません'] },
  ],
  'a bib signed by an unknown key': [
    () => strangersBib('101'),
    {
      tone: 'warn',
      title: { ja: 'ゼッケンの署名を確かめられません', en: 'The bib’s signature cannot be checked' },
      says: ['101', '長良川ランナーズ'],
    },
  ],
  'such a bib of a team that nobody knows': [
    () => strangersBib('777'),
    { tone: 'no', title: { ja: '名簿にないチームです', en: 'Team not in the roster' }, says: ['777'] },
  ],
  'a bib of another event with the number of a team here': [
    () => bibText({ dataDir: zekken.dataDir, event: 'other', number: '101' }),
    {
      tone: 'no',
      title: { ja: '別の大会のゼッケンです', en: 'Bib of another event' },
      says: ['other'],
      hides: '長良川ランナーズ',
    },
  ],
  'a forged bib': [
    async () => (await bib('128')).replace(':128:', ':101:'),
    {
      tone: 'no',
      title: { ja: '署名が正しくないゼッケンです', en: 'The bib’s signature is wrong' },
      says: [],
      hides: '長良川ランナーズ',
    },
  ],
  'a good bib after all of these': [
    () => bib('128'),
    { tone: 'ok', title: { ja: '通過を記録しました', en: 'Checked in' }, says: ['128'] },
  ],
}

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone, place: /^34/ },
  { language: 'en', scheme: 'dark', viewport: sizes.phone, place: /^18/ },
] as const

describe.each(looks)('without a server, in $language, $scheme, one after the other:', (look) => {
  let phone: StaffPhone
  beforeAll(async () => {
    phone = await staffPhone(browser, look)
    await signIn(phone, zekken)
    await visit(phone.page, `${zekken.url}/staff/team/111`)
    await phone.page.getByText('最後').waitFor()
    await standAt(phone, zekken, look.place)
    await useWedge(phone)
    await zekken.stop()
  })
  afterAll(async () => {
    await phone?.context.close()
    await zekken.start()
  })

  test.each(Object.keys(verdicts))('%s', { timeout: 60_000 }, async (name) => {
    const [text, { tone, title, says, hides }] = verdicts[name]!
    await wedgeScan(phone, await text())
    await phone.page.locator(`.verdict.${tone}`).waitFor()
    expect(await phone.page.locator('.verdict h1').textContent()).toBe(title[look.language])
    const shown = await phone.page.locator('.verdict').textContent()
    for (const part of says) expect(shown).toContain(part)
    if (hides) expect(shown).not.toContain(hides)
    await expectSound(phone, name)
    await phone.page
      .locator('.verdict-acts .button', { hasText: look.language === 'ja' ? '次のスキャン' : 'Next scan' })
      .click()
  })
})
