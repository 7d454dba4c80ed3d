import { join } from 'node:path'
import type { Page } from 'playwright'
import type { openStore } from '../../../app/store/open-store.ts'
import type { Ports } from '../../../app/store/ports.ts'
import type { Store } from '../../../app/store/types.ts'
import { buildPage } from '../../store/support/build-page.ts'
import { openServer } from '../../store/support/open-server.ts'
import { launchChromium } from '../../support/chromium.ts'
import { report } from '../report.ts'

declare const window: {
  openStore: typeof openStore
  ports: Ports
  store: Store
  plainReplication(url: string, token: string): Promise<{ ms: number; count: number }>
}

const teams = 5_000
const card = (n: number) => ({
  _id: `card:${n}`,
  type: 'card',
  event: 'demo',
  team: String(n),
  name: `やまびこ隊 ${n}`,
  classIds: ['three'],
  members: [1, 2, 3].map((m) => ({ id: `m${m}`, name: `山田\u3000太郎${m}`, kana: `ヤマダ\u3000タロウ${m}` })),
  checkpoints: [1, 2, 3, 4].map((c) => ({
    checkpoint: String(c),
    status: 'AUTO_APPROVED',
    points: 10 * c,
    at: 1.7e12 + n,
  })),
  points: { confirmed: 0, provisional: 100, pending: 0, penalty: 0, adjustment: 0, net: 100 },
})

const server = await openServer({ files: await buildPage(join(import.meta.dirname, '..', 'first-sync-page.ts')) })
const browser = await launchChromium()
try {
  const roster = server.couch().database('zk-demo-roster')
  for (let n = 0; n < teams; n += 1000) await roster.bulk(Array.from({ length: 1000 }, (_, i) => card(n + i + 1)))

  await compare('on this machine', null)
  await compare('over 3G (1.6 Mbit/s, 150 ms)', { latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 })
} finally {
  await browser.close()
  await server.close()
}

type Network = { latency: number; downloadThroughput: number; uploadThroughput: number }

async function compare(where: string, network: Network | null): Promise<void> {
  const plain: number[] = []
  const ours: number[] = []
  const starts: number[] = []
  for (let round = 0; round < 3; round++) {
    plain.push(await inNewProfile(network, measurePlain))
    const [first, start] = await inNewProfile(network, measureOurs)
    ours.push(first)
    starts.push(start)
  }
  const name = `first sync of ${teams} cards in Chromium ${where}`
  const baseline = { baseline: median(plain), baselineName: 'plain PouchDB' }
  report({ name, ours: median(ours), ...baseline, unit: 'ms', better: 'lower', goal: { ratio: 3 } })
  process.stdout.write(`opening the app again with ${teams} cards on the phone: ${median(starts).toFixed(0)} ms\n`)
}

async function inNewProfile<T>(network: Network | null, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await open(page)
  const devtools = await context.newCDPSession(page)
  if (network) await devtools.send('Network.emulateNetworkConditions', { offline: false, ...network })
  const result = await work(page)
  await context.close()
  return result
}

async function open(page: Page): Promise<void> {
  await page.goto(`${server.url()}/page`)
  await page.waitForFunction(() => 'plainReplication' in window)
}

async function measurePlain(page: Page): Promise<number> {
  const invitation = await server.invite('core')
  const { ms, count } = await page.evaluate(async (token) => {
    const device = { id: `plain${Math.random().toString(36).slice(2, 12)}0000`, name: 'x', app: 'staff', version: '1' }
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify({ token, device }) }
    const answer = await (await fetch('/api/login/invitation', init)).json()
    return window.plainReplication(`${location.origin}/db/${answer.generation}/zk-demo-roster`, answer.accessToken)
  }, invitation)
  if (count < teams) throw new Error(`plain replication brought ${count}`)
  return ms
}

/** From the sign-in's answer to the complete roster; then a reload, from opening to the roster in memory. */
async function measureOurs(page: Page): Promise<[number, number]> {
  const invitation = await server.invite('core')
  const first = await page.evaluate(async (token) => {
    window.store = await window.openStore(window.ports, { replication: 'manual' })
    const signed = await window.store.session.signIn(token, 'Chromium')
    const begun = performance.now()
    const outcome = await window.store.sync()
    const ms = performance.now() - begun
    if (!signed.ok || outcome !== 'done') throw new Error(outcome)
    return { ms, count: window.store.mirrors.roster.docs.value.size }
  }, invitation)
  if (first.count !== teams) throw new Error(`the store brought ${first.count}`)
  await open(page)
  const start = await page.evaluate(async () => {
    const begun = performance.now()
    window.store = await window.openStore(window.ports, { replication: 'manual' })
    return { ms: performance.now() - begun, count: window.store.mirrors.roster.docs.value.size }
  })
  if (start.count !== teams) throw new Error(`the reload showed ${start.count}`)
  return [first.ms, start.ms]
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
