/** The rules that phone and server share, at the size of the largest event: 5,000 teams. */
import type { Card } from '../../../design-docs/derived.ts'
import { readBib, signBib } from '../../../functions/rules/bib-qr.ts'
import { nativeEd25519, scriptEd25519 } from '../../../functions/rules/ed25519.ts'
import { foldName } from '../../../functions/rules/fold-name.ts'
import { NameIndex } from '../../../functions/rules/name-index.ts'
import { outcome } from '../../../functions/rules/outcome.ts'
import { rank } from '../../../functions/rules/rank.ts'
import { RankingIndex } from '../../../functions/rules/ranking-index.ts'
import { scanVerdict } from '../../../functions/rules/scan-verdict.ts'
import { cardDoc } from '../../rules/make-cards.ts'
import { atMinute, eventDoc, factMaker, north, planOf } from '../../rules/make-facts.ts'
import { percentile, report } from '../report.ts'

const teams = 5_000
const event = eventDoc()
const plan = planOf()

/** The same numbers each run: a linear congruential generator (Numerical Recipes, ranqd1). */
let state = 1
const random = (below: number) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const families = ['山田', '髙橋', '渡邊', '佐藤', '鈴木', '𠮷田', '山﨑', '齋藤', '小林', '加藤']
const given = ['太郎', '花子', '一郎', '次郎', '桜', '健', '美咲', '翔', '陽菜', '蓮']
function cardOf(number: number): Card {
  const goalAt = random(4) === 0 ? null : atMinute(100 + random(100))
  return cardDoc(`${number}`, {
    name: `チーム${number}`,
    members: [0, 1, 2].map((i) => ({
      id: `m${i}`,
      name: `${families[random(10)]}　${given[random(10)]}`,
      kana: 'ヤマダ　タロウ',
    })),
    points: { provisional: random(100) * 10 },
    goalAt,
    lateMinutes: goalAt === null ? {} : { a: 0 },
    notPlaced: goalAt === null ? { a: 'no-goal' } : {},
  })
}
const cards = new Map(Array.from({ length: teams }, (_, i) => [`${i + 1}`, cardOf(i + 1)]))

/** The time of each of `runs` calls, the first tenth thrown away. */
async function times(runs: number, call: (i: number) => unknown): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < runs * 1.1; i++) {
    const before = performance.now()
    await call(i)
    if (i >= runs * 0.1) taken.push(performance.now() - before)
  }
  return taken
}
const p95 = async (runs: number, call: (i: number) => unknown) => percentile(await times(runs, call), 0.95)

async function ranking() {
  const index = new RankingIndex(event, cards.values())
  const change = () => {
    const card = cardOf(1 + random(teams))
    cards.set(card.team, card)
    return card
  }
  const kept = await p95(1_000, () => {
    const card = change()
    index.change(card.team, card)
    index.ranking('a')
  })
  const scratch = await p95(100, () => {
    change()
    rank('a', cards.values(), event)
  })
  report({
    name: 're-ranking 5,000 teams after one change, p95',
    ours: kept,
    baseline: scratch,
    baselineName: 'from scratch',
    unit: 'ms',
    better: 'lower',
    goal: { value: 50 },
  })
}

async function search() {
  const names = new NameIndex(cards.values())
  const queries = ['高橋', 'わたな', '桜 渡辺', 'チーム49', '123', 'ﾔﾏﾀﾞ', 'nobody']
  const queryOf = (i: number) => queries[i % queries.length]!
  const ours = await p95(300, (i) => names.search(queryOf(i)))
  const baseline = await p95(30, (i) => {
    const key = foldName(queryOf(i))
    return [...cards.values()].filter((card) =>
      [card.name, ...card.members.flatMap(({ name, kana = '' }) => [name, kana])].some((one) =>
        foldName(one).includes(key),
      ),
    )
  })
  const name = 'search by name or kana in 5,000 cards, p95'
  report({ name, ours, baseline, baselineName: 'without keys', unit: 'ms', better: 'lower', goal: { value: 20 } })
}

async function scan() {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const keys = { K1: (await crypto.subtle.exportKey('jwk', pair.publicKey)).x! }
  const sign = async (message: BufferSource) =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message))
  const bibs = await Promise.all(
    Array.from({ length: 50 }, (_, i) => signBib({ event: 'demo', number: `${i + 1}`, issue: 1, kid: 'K1' }, sign)),
  )
  const native = (await nativeEd25519(crypto.subtle))!
  const script = await scriptEd25519()
  const here = { event: 'demo', keys }
  const station = { kind: 'checkpoint', checkpoint: 'S1' } as const
  const own = [factMaker('1').scanned('1', atMinute(20))]
  const whole = (verify: typeof native) => async (i: number) => {
    const reading = await readBib(bibs[i % bibs.length]!, here, verify)
    const card = 'bib' in reading ? (cards.get(reading.bib.number) ?? null) : null
    scanVerdict({ reading, card, own, station, plan, revoked: [] })
  }
  const name = (by: string) => `scan to verdict with 5,000 cards, ${by}, p95`
  const alone = await p95(300, (i) => readBib(bibs[i % bibs.length]!, here, native))
  const baseline = { baseline: alone, baselineName: 'signature alone', unit: 'ms', better: 'lower' } as const
  report({ name: name('WebCrypto'), ours: await p95(300, whole(native)), ...baseline, goal: { value: 150 } })
  report({ name: name('JavaScript'), ours: await p95(100, whole(script)), ...baseline, goal: { value: 150 } })
}

async function judging() {
  const make = factMaker()
  const facts = [
    make.entry(),
    ...Array.from({ length: 25 }, (_, i) => {
      const number = `${1 + (i % 5)}`
      const position = { ...north(plan.checkpoints.get(number)!, 10), accuracyMeters: 8 }
      return make.recorded(number, atMinute(i * 10), { position })
    }),
  ]
  const all = [...facts, ...facts.slice(1).map((one) => make.photo(one)), make.arrival(facts, atMinute(300))]
  const text = JSON.stringify(all)
  report({
    name: 'judging a team of 25 check-ins with photos, p95',
    ours: await p95(500, () => outcome(all, plan)),
    baseline: await p95(500, () => JSON.parse(text)),
    baselineName: 'parsing its facts',
    unit: 'ms',
    better: 'lower',
  })
}

await ranking()
await search()
await scan()
await judging()
