/**
 * 125 replies and 750 passcodes within one minute, through nine accounts of 100 a day, on a real mail server that refuses
 * 5 % for a while, drops 2 % of connections, and is killed once and gone for a second. `FAST=1`: a fifth of it all.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { outgoing } from '../../../design-docs/mail.ts'
import { postLog } from '../../../design-docs/stations.ts'
import { systemClock } from '../../../sync-server/feed/clock.ts'
import { readDocs } from '../../../sync-server/login/office.ts'
import { issuePasscode } from '../../../sync-server/login/passcodes.ts'
import { startPostOffice } from '../../../sync-server/post/post-office.ts'
import { queuePasscode } from '../../../sync-server/post/queue-passcode.ts'
import { queueReply } from '../../../sync-server/post/queue-reply.ts'
import { readSmtpUrls } from '../../../sync-server/post/read-smtp-urls.ts'
import { writeMail } from '../../../sync-server/post/write-mail.ts'
import { check, percentile, report } from '../report.ts'
import { openBenchMail, startServerProcess } from '../support/open-bench-mail.ts'

const share = process.env.FAST ? 5 : 1
const [replies, passcodes, forMs] = [125 / share, 750 / share, 60_000 / share]
const accounts = 9
const perDay = Math.ceil(100 / share)
const say = (text: string) => process.stdout.write(`${text}\n`)

const bench = await openBenchMail(replies + passcodes)
const server = await startServerProcess(bench.folder, 'rough')
const bare = await bareSends()
const { it, entrants } = bench
const users = Array.from({ length: accounts }, (_, n) => `account${n + 1}`)
const urls = users.map(
  (user) => `smtp://${user}:pw@127.0.0.1:${server.port}?from=${user}@run.example&mailsPerDay=${perDay}`,
)
const sender = { baseUrl: 'https://run.example', domain: 'run.example' }
const post = startPostOffice({
  it,
  write: (mail) => writeMail(it, mail, sender),
  transport: { send: () => Promise.reject(new Error('there are stations')) },
  envStations: readSmtpUrls(urls.join(',')),
  domain: sender.domain,
  clock: systemClock,
  log: { info() {}, warn() {}, error: (message, fields) => say(`${message} ${JSON.stringify(fields)}`) },
})

const cpuBefore = process.cpuUsage()
const queuedAt = new Map<string, number>()
await Promise.all([queueAll(), killOnce()])
await gone()
const cpu = process.cpuUsage(cpuBefore)
const takenAll = await server.taken()
const drafts = new Map(entrants.map(({ entry, draft }) => [entry.mail, draft]))
const lost = new Map<string, number>()
const lines = (await readDocs(it.office, 'post-log', postLog)).flatMap((doc) => doc.lines)
for (const { requester, result } of lines) if (result === 'lost') lost.set(requester, (lost.get(requester) ?? 0) + 1)
await post.stop()
await server.kill()

const copies = Map.groupBy(takenAll, ({ to }) => to)
const isPasscode = (to: string) => Number(/\d+/.exec(to)?.[0]) > 1000 + replies
const arrivedPasscodes = [...copies.keys()].filter(isPasscode)
const latencies = arrivedPasscodes.map((to) => (copies.get(to)?.[0]?.at ?? 0) - (queuedAt.get(to) ?? 0))
const doubles = [...copies].filter(([, taken]) => taken.length > 1)
const unexplained = doubles.filter(([to, taken]) => taken.length - 1 > (lost.get(drafts.get(to) ?? '') ?? 0))
const otherIds = doubles.filter(([, taken]) => new Set(taken.map(({ messageId }) => messageId)).size > 1)
const byAccount = Map.groupBy(takenAll, ({ user }) => user)
const most = Math.max(...[...byAccount.values()].map((taken) => taken.length))
const results = Map.groupBy(lines, ({ result }) => result)

report({
  name: `passcodes: from the queue to the server, of ${passcodes}: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, worst ${Math.max(...latencies).toFixed(0)} ms, p95`,
  ours: percentile(latencies, 0.95),
  baseline: percentile(bare, 0.95),
  baselineName: 'nodemailer alone to a calm server',
  unit: 'ms',
  better: 'lower',
  goal: { value: 5000 },
})
say([...results].map(([result, some]) => `${result} ${some.length}`).join(' · '))
say(`CPU of the post office and its database: ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s in ${forMs / 1000} s`)
check(`passcodes missing: ${passcodes - arrivedPasscodes.length}`, arrivedPasscodes.length === passcodes)
check(`replies missing: ${replies + passcodes - copies.size}`, copies.size === replies + passcodes)
check(`most mails of an account: ${most} of ${perDay}, accounts used: ${byAccount.size}`, most <= perDay)
check(
  `mails that arrived twice: ${doubles.length}, without a lost answer: ${unexplained.length}`,
  unexplained.length === 0,
)
check(`of those under another Message-ID: ${otherIds.length}`, otherIds.length === 0)
await bench.close()

/** Evenly over the time, as people sign in. */
async function queueAll(): Promise<void> {
  const replying = entrants.slice(0, replies)
  const signing = entrants.slice(replies)
  const started = Date.now()
  const due = (count: number) => Math.min(count, Math.ceil(((Date.now() - started) / forMs) * count))
  let [reply, passcode] = [0, 0]
  while (reply < replies || passcode < passcodes) {
    for (; reply < due(replies); reply++) {
      const one = replying[reply]
      if (one) await queueReply(it, one)
    }
    for (; passcode < due(passcodes); passcode++) {
      const one = signing[passcode]
      if (!one) continue
      queuedAt.set(one.entry.mail, Date.now())
      const issued = await issuePasscode(it, { event: one.event, number: one.number })
      if (issued) await queuePasscode(it, one, issued.mail)
    }
    // The load comes by the clock, like people.
    await pause(5)
  }
}

async function killOnce(): Promise<void> {
  // In the middle of the load, and for as long as a server takes that starts anew.
  await pause(forMs * 0.4)
  await server.kill()
  await pause(1000)
  await server.start()
}

/** Until nothing waits any more, or nothing has moved for a minute. */
async function gone(): Promise<void> {
  let [left, since] = [-1, Date.now()]
  while (left !== 0 && Date.now() - since < 60_000) {
    const now = (await readDocs(it.office, 'outgoing', outgoing)).length
    if (now !== left) since = Date.now()
    left = now
    // Seldom enough to take no time from what is measured.
    await pause(200)
  }
}

async function bareSends(): Promise<number[]> {
  const calm = await startServerProcess(bench.folder, 'calm')
  const transport = createTransport({
    host: '127.0.0.1',
    port: calm.port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 3,
  })
  const mail = { from: 'a@run.example', to: 'b@example.org', subject: 'x', text: 'x', html: '<p>x</p>' }
  const times: number[] = []
  for (let n = 0; n < 100; n++) {
    const started = performance.now()
    await transport.sendMail(mail)
    times.push(performance.now() - started)
  }
  transport.close()
  await calm.kill()
  return times
}
