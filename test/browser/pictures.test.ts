import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ImageUpdated } from '../../design-docs/links.ts'
import type { VisitorRow } from '../../design-docs/palettes.ts'
import { stripes } from '../functions/make-palettes.ts'
import { clientId, clientSecret, type OpenIdProvider, startOpenIdProvider } from '../login/open-id-provider.ts'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, freshDesk } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { freePort } from '../support/free-port.ts'
import { type StaffPhone, signIn, staffPhone, useWedge, wedgeScan } from '../support/staff-phone.ts'
import { s3Environment, startS3, type TestS3 } from '../support/start-s3.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { joinTeam, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline, type WatchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

const press = ({ page }: Pick<StaffPhone, 'page'>, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const widthOf = async (bytes: Buffer) => (await sharp(bytes).metadata()).width

describe.each(['a folder', 'S3'] as const)('with files in %s', (kept) => {
  let s3: TestS3 | null = null
  let provider: OpenIdProvider
  let zekken: Zekken
  let browser: Browser
  let desk: DeskBrowser
  let staff: StaffPhone
  let team: TeamPhone
  beforeAll(async () => {
    const port = await freePort()
    provider = await startOpenIdProvider(`http://localhost:${port}`)
    s3 = kept === 'S3' ? await startS3() : null
    zekken = await startZekken(
      {},
      {
        port,
        env: {
          ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
          OIDC_ROLES_CLAIM: 'zekken',
          ...(s3 && { ...s3Environment, STORAGE_URL: s3.addressOf('day') }),
        },
      },
    )
    browser = await sharedChromium()
    ;[desk, staff, team] = await Promise.all([
      freshDesk(browser, { language: 'en', scheme: 'light', viewport: sizes.desk }),
      staffPhone(browser, { language: 'en', scheme: 'dark', workers: 'allow' }),
      staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' }),
    ])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await zekken?.end()
    await provider?.stop()
    await s3?.stop()
  })

  /** How it looks has nothing to do with where files lie: once is enough. */
  const sound = async (look: typeof expectSound, watched: WatchedPage, screen: string) =>
    kept === 'S3' || (await look(watched, screen))
  const linksOpened = ({ page }: WatchedPage) => {
    const links: string[] = []
    page.on('response', (answer) => void (answer.url().includes('/i/') && answer.ok() && links.push(answer.url())))
    return links
  }

  test('[PN9] P1–P6: from a picture at the console to the portrait on a team’s phone, with the server gone twice', async () => {
    const { page } = desk
    // P2: the console by the provider's word.
    provider.people.set('hanako', { name: '本部 田中', zekken: [`${zekken.event}:admin`] })
    await visit(page, `${zekken.url}/admin/palettes`)
    await page.getByRole('button', { name: /^Sign in with \d/ }).click()
    await page.locator('.link-state .dot:not(.off)').waitFor()
    await visit(page, `${zekken.url}/admin/palettes`)
    // No desktop Chromium shares: what the phone would be handed is kept.
    await team.page.addInitScript(() => {
      const share = async ({ files }: ShareData) => void Object.assign(window, { shared: files?.[0] })
      Object.assign(navigator, { share, canShare: ({ files }: ShareData) => files?.length === 1 })
    })
    await Promise.all([signIn(staff, zekken, 'コーナー 林', 'core'), joinTeam(team, zekken, '101')])
    await Promise.all([team, staff].map(untilOffline))

    // P4: a picture becomes a palette.
    await page.getByText('No palettes yet').waitFor()
    const picture = page.locator('input[type=file]')
    await picture.setInputFiles({ name: 'sea.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await page.getByLabel('Name (English)').fill('Sunset')
    await press(desk, 'Make it')
    await page.locator('.toast', { hasText: 'This picture cannot be used' }).waitFor()
    const sunset = await stripes('crimson', 'gold', 'navy')
    await picture.setInputFiles({ name: 'sunset.png', mimeType: 'image/png', buffer: sunset })
    await press(desk, 'Make it')
    await page.locator('.palette-list .swatches span').nth(2).waitFor()
    expect(await page.locator('.palette-list .swatches').getAttribute('aria-label')).toMatch(/Sunset: .*red 33%/)
    await sound(expectSoundInBothSizes, desk, 'a palette')
    await press(desk, 'Show Sunset')
    await page.locator('.palette-list .pill', { hasText: 'Shown' }).waitFor()
    await team.page.locator('a[href="/team/palettes"]').click({ timeout: 60_000 })
    await team.page.getByText('肖像はまだありません').waitFor()
    await team.page.locator('.palette-row .swatches').waitFor()
    await sound(expectSound, team, 'palettes to collect')
    await visit(staff.page, `${zekken.url}/staff/station`)
    await staff.page.getByRole('button', { name: /Sunset/ }).click({ timeout: 60_000 })
    await staff.page.locator('.scan-screen').waitFor()
    await useWedge(staff)

    // P3: given and photographed while the server is gone.
    const text = await bibText({ dataDir: zekken.dataDir, event: zekken.event, number: '101', issue: 1 })
    await zekken.stop('SIGKILL')
    await wedgeScan(staff, text)
    await staff.page.getByText('Palette given').waitFor()
    await sound(expectSound, staff, 'a palette given')
    await press(staff, 'Take it back')
    await staff.page.getByText('Scanned by mistake').click()
    await press(staff, 'Undo it')
    await staff.page.getByText('Taken back', { exact: true }).first().waitFor()
    await press(staff, 'Next scan')
    await wedgeScan(staff, text)
    await staff.page.getByText('Palette given').waitFor()
    await press(staff, 'Take a portrait')
    await press(staff, 'Take photo')
    await press(staff, 'Use this photo')
    await staff.page.getByText('taken here, not sent yet').waitFor()
    await press(staff, 'Take another')
    await staff.page.locator('dialog').waitFor()
    await sound(expectSound, staff, 'a portrait is there already')
    await press(staff, 'Keep the old photo')
    await zekken.start()
    await networkBack(staff)
    await staff.page.getByText('the server has it').waitFor({ timeout: 60_000 })

    // P5: nobody touches the team's phone, it updates while it is looked at.
    await team.page.locator('.compare img.over').waitFor({ timeout: 90_000 })
    await team.page.getByText('すべて集めました').waitFor()
    await sound(expectSound, team, 'a portrait in its colours')
    const slider = team.page.locator('.compare input')
    await slider.focus()
    await team.page.keyboard.press('ArrowRight')
    expect(await slider.inputValue()).toBe('51')
    const saved = await savedBy(team, '保存する')
    await press(team, '共有する')
    const shared = () =>
      team.page.evaluate(async () => {
        const { name, type, size } = (window as unknown as { shared: File }).shared
        return { name, type, size }
      })
    await expect.poll(shared).toEqual({ name: '肖像-101.jpg', type: 'image/jpeg', size: saved.length })
    expect([...saved.subarray(0, 2)]).toEqual([0xff, 0xd8])

    // P3 again: another one in its place, and the team's phone changes pictures while it is looked at.
    const shown = () =>
      team.page.locator('.compare img.over').evaluate((image) => {
        const pen = new OffscreenCanvas(32, 32).getContext('2d')!
        pen.drawImage(image as HTMLImageElement, 0, 0, 32, 32)
        return pen.getImageData(0, 0, 32, 32).data.join()
      })
    const before = await shown()
    await staff.page.evaluate(seeHalves)
    await press(staff, 'Take another')
    await press(staff, 'Replace it')
    await press(staff, 'Take photo')
    await press(staff, 'Use this photo')
    await expect.poll(shown, { timeout: 60_000 }).not.toBe(before)

    // P1: in full size by links that open once.
    const ofTeam = linksOpened(team)
    await press(team, '大きい写真を見る')
    await team.page.locator('.full-portrait img.over').waitFor()
    await sound(expectSound, team, 'the portrait in full size')
    expect(await widthOf(await savedBy(team, '大きいサイズで保存する'))).toBeGreaterThan(await widthOf(saved))
    await press(team, '閉じる')
    expect(new Set(ofTeam).size).toBe(2)
    expect(await team.page.evaluate(async (url) => (await fetch(url)).status, ofTeam[0]!)).toBe(404)
    const ofDesk = linksOpened(desk)
    await page.locator('.visitor-list .palette-pictures').scrollIntoViewIfNeeded()
    await page.locator('.visitor-list img').nth(1).waitFor({ timeout: 60_000 })
    await sound(expectSoundInBothSizes, desk, 'visitors')
    await press(desk, /Portrait of team 101: look at it/)
    await page.locator('.full-pictures img').nth(1).waitFor()
    await sound(expectSoundInBothSizes, desk, 'a portrait in full size')
    await press(desk, 'Close')
    expect(new Set(ofDesk).size).toBe(2)
    expect((await savedBy(desk, 'Contact sheet as PDF')).subarray(0, 5).toString()).toBe('%PDF-')
    await page.getByText('Contact sheet of portraits').waitFor()
    await sound(expectSoundInBothSizes, desk, 'a contact sheet')

    // The same without a signal: asked for, it comes by itself, and is there when the server is gone again.
    await zekken.stop('SIGKILL')
    await team.page.reload()
    await team.page.locator('.compare img.over').waitFor()
    await press(team, '大きい写真を見る')
    await team.page.getByText('大きい写真を頼みました').waitFor()
    await sound(expectSound, team, 'asked for without a signal')
    await press(team, '取り消す')
    await press(team, '大きい写真を見る')
    await team.page.getByText('大きい写真を頼みました').waitFor()
    await zekken.start()
    await networkBack(team)
    await team.page.getByText('までこの端末で見られます').waitFor({ timeout: 60_000 })

    // P6: whoever asks is told cheaply that it was painted anew.
    const { visitors } = (await zekken.get(`/api/events/${zekken.event}/visitors`)) as { visitors: VisitorRow[] }
    const [{ photo = '', mark = '' } = {}] = visitors
    const updated = async (since: number) =>
      (await zekken.get(`/api/images/${encodeURIComponent(photo ?? '')}/updated?since=${since}`)) as ImageUpdated
    const { changedAt } = await updated(0)
    expect(await updated(changedAt ?? 0)).toMatchObject({ updated: false })
    await visit(page, `${zekken.url}/admin/palettes`)
    await press(team, '大きい写真を見る')
    const large = team.page.locator('.full-portrait img.over')
    const first = await large.getAttribute('src')
    await press(desk, 'Paint anew 101')
    await page.locator('.toast', { hasText: 'painted anew' }).waitFor()
    await expect.poll(async () => (await updated(changedAt ?? 0)).updated, { timeout: 20_000 }).toBe(true)
    expect(mark).not.toBe('')
    // The one that is open on the phone in full size is changed for it.
    await expect.poll(() => large.getAttribute('src'), { timeout: 60_000 }).not.toBe(first)
    await press(team, '閉じる')
    await visit(page, `${zekken.url}/admin/teams/101`)
    await page.getByRole('button', { name: /Portrait of team 101: look at it/ }).waitFor()

    // P5, one palette: chosen for any picture, and on the team's phone while it is looked at.
    await page.locator('summary', { hasText: 'Pictures' }).click()
    const colours = page.getByLabel(/^Portrait .*Colours$/).last()
    await colours.selectOption({ label: 'Sunset' })
    await colours.scrollIntoViewIfNeeded()
    await page.locator('.picture-list img').nth(2).waitFor({ timeout: 30_000 })
    await sound(expectSoundInBothSizes, desk, 'pictures of a team')
    await team.page.getByText('あなたたちの写真（パレットの色）').waitFor({ timeout: 60_000 })
    await team.page.getByAltText('パレットの色で塗った写真').waitFor()
    await team.page.getByRole('button', { name: '大きい写真を見る' }).nth(1).waitFor()
    await sound(expectSound, team, 'a picture in the colours of one palette')
    await colours.selectOption({ label: 'As it was taken' })
    await team.page.getByText('あなたたちの写真（パレットの色）').waitFor({ state: 'detached', timeout: 60_000 })

    await zekken.stop('SIGKILL')
    await team.page.reload()
    await press(team, '大きい写真を見る')
    await team.page.locator('.full-portrait img.over').waitFor()
  })
})

/** In the page: from now on the camera sees two halves, black and white. */
function seeHalves(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
    const pen = canvas.getContext('2d')!
    setInterval(() => {
      pen.fillStyle = 'white'
      pen.fillRect(0, 0, 640, 480)
      pen.fillStyle = 'black'
      pen.fillRect(0, 0, 320, 480)
    }, 100)
    return canvas.captureStream(10)
  }
}

async function savedBy({ page }: WatchedPage, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name, exact: true }).click()
  const chunks: Buffer[] = []
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
