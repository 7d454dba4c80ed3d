import { parseArgs } from 'node:util'
import { openEmbeddedCouch } from '../couch/embedded/open-embedded-couch.ts'

const usage = `npm run couchdb -- --data DIR [--port 5984] [--host 127.0.0.1] [--admin user:password]
                   [--durability power|process] [--admin-party]

Runs the embedded database alone. --admin-party makes everybody an admin: for protocol test suites only.
`

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '5984' },
      host: { type: 'string', default: '127.0.0.1' },
      admin: { type: 'string' },
      durability: { type: 'string', default: 'power' },
      'admin-party': { type: 'boolean', default: false },
    },
  })
  const { data, durability } = values
  if (data === undefined || (values.admin === undefined && !values['admin-party'])) throw new Error(usage)
  if (durability !== 'power' && durability !== 'process') throw new Error(usage)
  const [user = '', password = ''] = (values.admin ?? '').split(/:(.*)/s)
  const couch = await openEmbeddedCouch({
    dir: data,
    admins: user === '' ? {} : { [user]: password },
    durability,
    adminParty: values['admin-party'],
    onFailure: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  })
  const listening = await couch.listen(Number(values.port), values.host)
  process.stdout.write(`CouchDB protocol at ${listening.url}, data in ${data}\n`)
  const stop = () => {
    void Promise.all([listening.close(), couch.close()]).then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
