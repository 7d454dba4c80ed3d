/** Lighthouse on the staff app as a phone meets it for the first time, beside an empty page; `-- 1` makes one run of five. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import lighthouse from 'lighthouse'
import { launchChromium } from '../../support/chromium.ts'
import { freePort } from '../../support/free-port.ts'
import { startZekken } from '../../support/start-zekken.ts'
import { percentile, report } from '../report.ts'

const runs = Number(process.argv[2] ?? 5)
const categories = ['performance', 'accessibility'] as const
type Scores = Record<(typeof categories)[number], number>

const empty =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Empty</title><main><h1>Empty</h1></main></html>'
const plain = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(empty)).listen(
  0,
  '127.0.0.1',
)
await once(plain, 'listening')
const { port: plainPort } = plain.address() as { port: number }
const zekken = await startZekken()
const debuggingPort = await freePort()
const browser = await launchChromium({ debuggingPort })
try {
  const ours: Scores[] = []
  const bare: Scores[] = []
  for (let run = 0; run < runs; run++) {
    ours.push(await scores(`${zekken.url}/staff/`))
    bare.push(await scores(`http://localhost:${plainPort}/`))
  }
  for (const category of categories) {
    const median = (all: Scores[]) =>
      percentile(
        all.map((one) => one[category]),
        0.5,
      )
    report({
      name: `${category} of the staff app, median of ${runs}`,
      ours: median(ours),
      baseline: median(bare),
      baselineName: 'empty page',
      unit: 'of 100',
      better: 'higher',
      goal: { value: 95 },
    })
  }
} finally {
  await browser.close()
  await zekken.end()
  plain.close()
}

/** Scores of 100 on Lighthouse's own mid-range phone with its slow network. */
async function scores(url: string): Promise<Scores> {
  const result = await lighthouse(url, { port: debuggingPort, onlyCategories: [...categories], logLevel: 'error' })
  if (!result) throw new Error(`Lighthouse had nothing to say of ${url}`)
  const { runtimeError, categories: found } = result.lhr
  if (runtimeError) throw new Error(runtimeError.message)
  const score = (category: keyof Scores) => Math.round((found[category]?.score ?? 0) * 100)
  return { performance: score('performance'), accessibility: score('accessibility') }
}
