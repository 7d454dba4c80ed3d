import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import { someCheckpoints, someTeams, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let phone: StaffPhone
const bib = (number: string, issue = 1, event = zekken.event) =>
  bibText({ dataDir: zekken.dataDir, event, number, issue })

beforeAll(async () => {
  zekken = await sharedZekken({
    checkpoints: [...someCheckpoints, { ...someCheckpoints[2]!, number: '99', cancelled: true }],
    teams: [...someTeams, { ...someTeams[0]!, team: '104' }, { ...someTeams[0]!, team: '105' }],
  })
  browser = await sharedChromium()
  phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, zekken)
  await standAt(phone, zekken, /金華山展望台$|34/)
  await useWedge(phone)
  // All of this works without the server, once the phone holds the app.
  await untilOffline(phone)
  await zekken.stop()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const verdict = () => phone.page.locator('.verdict')
/** Once the verdict is gone, what it led to is on the disk. */
const next = async () => {
  await phone.page.getByRole('button', { name: '次のスキャン' }).click()
  await verdict().waitFor({ state: 'detached' })
}
const expectVerdict = async (tone: 'ok' | 'warn' | 'no', title: string) => {
  await phone.page.locator(`.verdict.${tone}`).waitFor()
  expect(await phone.page.locator('.verdict h1').textContent()).toBe(title)
}
const onTeam = async (number: string) => {
  await visit(phone.page, `${zekken.url}/staff/team/${number}`)
  await phone.page.locator('.team-bib').waitFor()
}
const back = async () => {
  await visit(phone.page, `${zekken.url}/staff/`)
  await phone.page.locator('.wedge.hears').waitFor()
}

test('a known bib is checked in, and shown again as already here with time, place, device and person', async () => {
  await wedgeScan(phone, await bib('128'))
  await expectVerdict('ok', '通過を記録しました')
  expect(await verdict().textContent()).toContain('+34 → 暫定 34点')
  await next()
  await wedgeScan(phone, await bib('128'))
  await expectVerdict('warn', '記録済みです')
  const text = await verdict().textContent()
  for (const part of ['128', '里山ハイカーズ', 'CP 34 金華山展望台', 'この端末', '受付 佐藤', 'なし'])
    expect(text).toContain(part)
  await phone.page.getByRole('button', { name: 'もう一度記録' }).click()
  await expectVerdict('ok', '通過を記録しました')
  await next()
})

test('a broken, a foreign and a forged code never block the next, which is read without a touch', async () => {
  const refused = async (text: string, title: string) => {
    await wedgeScan(phone, text)
    await phone.page.getByRole('heading', { name: title, exact: true }).waitFor()
    await expectVerdict('no', title)
    expect(await verdict().textContent()).toContain('次のゼッケンをそのまま読み取れます。')
  }
  await refused('https://example.org/', 'ゼッケンのQRではありません')
  await refused(await bib('128', 1, 'other'), '別の大会のゼッケンです')
  await refused((await bib('128')).slice(0, 60), 'ゼッケンのQRではありません')
  await refused((await bib('101')).replace(':101:', ':102:'), '署名が正しくないゼッケンです')
  await expectSound(phone, 'refused, and the scanner still heard')
  await wedgeScan(phone, await bib('101'))
  await expectVerdict('ok', '通過を記録しました')
  expect(await phone.page.locator('.wedge.hears').count()).toBe(0)
  await next()
})

test('with Japanese input on, what the scanner typed is read from its keys', async () => {
  const text = (await bib('105')).toUpperCase()
  await phone.page.locator('.wedge.hears').waitFor()
  await phone.page.locator('.wedge input').evaluate((field, typed) => {
    const press = (code: string, shiftKey: boolean) =>
      field.dispatchEvent(
        new KeyboardEvent('keydown', { code, key: 'Process', shiftKey, isComposing: true, bubbles: true }),
      )
    for (const char of typed) {
      if (char === ':') press('Semicolon', true)
      else if (/[0-9]/.test(char)) press(`Digit${char}`, false)
      else press(`Key${char}`, true)
    }
    ;(field as HTMLInputElement).value = 'ｚｋ１：ちりあ'
    press('Enter', false)
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
  }, text)
  await expectVerdict('ok', '通過を記録しました')
  expect(await phone.page.locator('.verdict .bib').textContent()).toBe('105')
  await phone.page.getByRole('button', { name: '取り消す' }).click()
  await phone.page.getByText('間違えてスキャンした').click()
  await phone.page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
  await phone.page.locator('.verdict').waitFor({ state: 'detached' })
})

test('a genuine bib that the roster lacks is checked in, a number that it lacks is not', async () => {
  await wedgeScan(phone, await bib('777'))
  await expectVerdict('warn', '名簿にないチームです（本物のゼッケン）')
  expect(await verdict().textContent()).toContain('通過を記録しました。')
  await next()
  await phone.page.getByRole('button', { name: '番号で入力' }).click()
  await phone.page.locator('.keypad-number').fill('888')
  await phone.page.keyboard.press('Enter')
  await expectVerdict('no', '名簿にないチームです')
  await next()
})

test('retired, unpaid, to be attended to: each is said, with what was written down', async () => {
  await onTeam('102')
  await phone.page.getByRole('button', { name: 'リタイア…' }).click()
  await phone.page.getByText('けが').click()
  await phone.page.getByRole('button', { name: 'リタイアを記録する' }).click()
  await phone.page.locator('.dialog').waitFor({ state: 'detached' })
  await onTeam('103')
  await phone.page.getByRole('button', { name: '受付・名前の修正' }).click()
  await phone.page.getByRole('button', { name: '受付を記録する' }).click()
  await phone.page.locator('.wedge').waitFor()
  await onTeam('104')
  await phone.page.getByRole('button', { name: '受付・名前の修正' }).click()
  await phone.page.getByRole('button', { name: '名前を修正する' }).click()
  await phone.page.getByLabel('注意してほしいこと').fill('薬を本部で預かっています')
  await phone.page.getByRole('button', { name: '保存する' }).click()
  await phone.page.getByRole('button', { name: '受付を記録する' }).waitFor()
  await back()

  await wedgeScan(phone, await bib('102'))
  await expectVerdict('warn', 'リタイアしたチームです')
  expect(await verdict().textContent()).toContain('けが')
  await phone.page.getByRole('button', { name: 'それでも記録する' }).click()
  await phone.page.getByRole('button', { name: '取り消す' }).waitFor()
  await next()
  await wedgeScan(phone, await bib('103'))
  await expectVerdict('warn', '参加費が未納です')
  await next()
  await wedgeScan(phone, await bib('104'))
  await expectVerdict('warn', '確認が必要なチームです')
  expect(await verdict().textContent()).toContain('薬を本部で預かっています')
  await next()
})

test('a cancelled checkpoint and a class that does not belong here are refused until recorded on purpose', async () => {
  await standAt(phone, zekken, /^99/)
  await wedgeScan(phone, await bib('105'))
  await expectVerdict('no', '中止になったチェックポイントです')
  await next()
  await phone.page.evaluate(() =>
    localStorage.setItem('zekken.station', '{"kind":"checkpoint","checkpoint":"34","classIds":["five"]}'),
  )
  await back()
  await wedgeScan(phone, await bib('105'))
  await expectVerdict('no', 'この場所の対象クラスではありません')
  await phone.page.getByRole('button', { name: 'それでも記録する' }).click()
  await phone.page.getByRole('button', { name: '取り消す' }).waitFor()
  await next()
})

test('every scan that led to nothing is on record with its reason, and reaches the server', async () => {
  await visit(phone.page, `${zekken.url}/staff/records`)
  await phone.page.locator('.list').waitFor()
  const text = await phone.page.locator('main').textContent()
  for (const reason of ['読み取れない', '別の大会', '署名が不正', '名簿にない', '中止されたCP'])
    expect(text).toContain(reason)
  await zekken.start()
  await networkBack(phone)
  await visit(phone.page, `${zekken.url}/staff/sync`)
  await phone.page.getByText('閉じても大丈夫です').waitFor({ timeout: 20_000 })
  expect(phone.complaints()).toEqual([])
})
