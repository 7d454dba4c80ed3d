/**
 * A notice to everyone: from the moment it is recorded until the last of 500 phones shows it, with phones and server on
 * the same cores. The baseline is as many plain PouchDB replications of the same databases. `PHONES=2000` for another
 * crowd, `FAST=1` for a tenth of the usual one.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { effect } from '@preact/signals'
import type { Store } from '../../../app/store/types.ts'
import { noticeId } from '../../../design-docs/ids.ts'
import { startZekken } from '../../support/start-zekken.ts'
import { percentile, report } from '../report.ts'
import { enterCore, openCrowd } from '../support/open-crowd.ts'
import { openPlainCrowd } from '../support/open-plain-crowd.ts'

const count = Number(process.env.PHONES ?? (process.env.FAST ? 50 : 500))
const rounds = process.env.FAST ? 4 : 10
/** So long apart that what phones say of one notice is said before the next. */
const everyMs = 6000
const longestMs = 60_000
const say = (text: string) => process.stdout.write(`${text}\n`)

const teams = Array.from({ length: count }, (_, n) => String(1001 + n))
const members = [{ id: 'm1', name: '髙﨑\u3000美咲', kana: 'タカサキ\u3000ミサキ' }]
const entries = teams.map((team) => ({ team, name: `チーム ${team}`, classIds: ['three'], members }))
const zekken = await startZekken({ teams: entries })
const desk = await enterCore(zekken)

const entering = performance.now()
const crowd = await openCrowd(zekken, teams)
say(`${count} phones signed in and filled in ${((performance.now() - entering) / 1000).toFixed(1)} s`)
const seen = arrivals()
const stops = crowd.stores.map((store) => onNewNotice(store, seen.note))
const ours = await tellAll()
say(
  `ours: p50 ${percentile(ours, 0.5).toFixed(0)}, p95 ${percentile(ours, 0.95).toFixed(0)}, worst ${Math.max(...ours).toFixed(0)} ms`,
)
for (const stop of stops) stop()
await crowd.close()

const plainSeen = arrivals()
const plain = await openPlainCrowd(zekken, teams, (id) => id.startsWith('notice:') && plainSeen.note(id))
const plainTimes = await tellAll(plainSeen)
await plain.close()

report({
  name: `a notice shown by all of ${count} phones, ${rounds} times: p50 ${percentile(ours, 0.5).toFixed(0)} ms, worst ${Math.max(...ours).toFixed(0)} ms, p95`,
  ours: percentile(ours, 0.95),
  baseline: percentile(plainTimes, 0.95),
  baselineName: 'plain PouchDB replication',
  unit: 'ms',
  better: 'lower',
  ...(count <= 500 && { goal: { value: 2000 } }),
})
await desk.close()
await zekken.end()
process.exit()

/** For each phone and notice: milliseconds from the record to the screen. */
async function tellAll(by = seen): Promise<number[]> {
  const times: number[] = []
  const before = load()
  const started = performance.now()
  for (let round = 0; round < rounds; round++) {
    const next = pause(everyMs)
    const at = performance.now()
    const title = `お知らせ ${round + 1}`
    const body = '集合は **15:30**、本部前です。'
    const notice = { type: 'notice', title, body, audience: {}, publishAt: Date.now(), urgent: round === 0 } as const
    const fact = await desk.outbox.append(notice)
    const arrived = await by.all(noticeId(fact._id.slice(fact._id.lastIndexOf(':') + 1)))
    times.push(...arrived.map((time) => time - at))
    await next
  }
  const spent = load()
  const seconds = (performance.now() - started) / 1000
  const share = ((spent.cpuSeconds - before.cpuSeconds) / seconds) * 100
  const own = ((spent.ownSeconds - before.ownSeconds) / seconds) * 100
  say(
    `server: ${share.toFixed(0)} % of a core, ${spent.megabytes.toFixed(0)} MB; the phones themselves ${own.toFixed(0)} %`,
  )
  return times
}

/** Who has which notice since when. */
function arrivals() {
  const times = new Map<string, number[]>()
  const of = (id: string) => times.get(id) ?? times.set(id, []).get(id) ?? []
  return {
    note: (id: string) => void of(id).push(performance.now()),
    /** One time a phone, `Infinity` for those that got nothing. */
    async all(id: string): Promise<readonly number[]> {
      const until = performance.now() + longestMs
      while (of(id).length < count && performance.now() < until) await pause(5)
      const missing = count - of(id).length
      if (missing > 0) say(`${missing} phones are without ${id} after ${longestMs / 1000} s`)
      return [...of(id), ...Array.from({ length: Math.max(0, missing) }, () => Number.POSITIVE_INFINITY)]
    },
  }
}

function onNewNotice(store: Store, note: (id: string) => void): () => void {
  const known = new Set<string>()
  return effect(() => {
    for (const { _id } of store.notices.shownAt(Date.now())) {
      if (known.has(_id)) continue
      known.add(_id)
      note(_id)
    }
  })
}

/** What the server's process and this one have used so far. */
function load(): { cpuSeconds: number; ownSeconds: number; megabytes: number } {
  const stat = readFileSync(`/proc/${zekken.pid()}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const status = readFileSync(`/proc/${zekken.pid()}/status`, 'utf8')
  const { user, system } = process.cpuUsage()
  return {
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / 100,
    ownSeconds: (user + system) / 1e6,
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
  }
}
