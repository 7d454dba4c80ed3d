import { readFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import pino from 'pino'
import type { Outgoing } from '../design-docs/mail.ts'
import { tellExternal } from '../functions/tell-external.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { gatherSlow } from './couch/gather-slow.ts'
import { openCouch } from './couch/open-couch.ts'
import { shareValidators } from './couch/share-validators.ts'
import { externalSystem } from './external/call-external.ts'
import { functionsAtWork } from './external/functions-at-work.ts'
import { startMessenger } from './external/messenger.ts'
import { systemClock } from './feed/clock.ts'
import { startRunner } from './feed/start-runner.ts'
import { startForgetting } from './forget/start-forgetting.ts'
import { removeUnfinished } from './images/folder-storage.ts'
import { openStorage } from './images/open-storage.ts'
import { scanByClamd } from './images/scan-by-clamd.ts'
import { startRescanning } from './images/start-rescanning.ts'
import { watchedStorage } from './images/watched-storage.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { bibTextsOf } from './login/bib-text.ts'
import { openInstallation } from './login/installation.ts'
import { bibKeys } from './login/keys.ts'
import { startTidying } from './login/start-tidying.ts'
import { paperKind } from './papers/paper-job.ts'
import { openMailbox } from './post/mailbox.ts'
import { startPostOffice } from './post/post-office.ts'
import { writeMail } from './post/write-mail.ts'
import { printing } from './print/printing.ts'
import { boardPress } from './scoreboards/board-press.ts'
import type { BoardDeps } from './scoreboards/make-board.ts'
import { ensureOutsideLink, outsideToken } from './scoreboards/report-links.ts'
import { scoreboardKind } from './scoreboards/scoreboard-job.ts'
import { registeredEvents } from './setup/event-register.ts'
import { ownEvents } from './setup/own-events.ts'
import { shareKeys } from './setup/share-keys.ts'

export type RunningServer = Awaited<ReturnType<typeof startServer>>

/** Starts everything on one port and resolves once it answers. `stop` ends it with nothing half done. */
export async function startServer(config: Config, env: Record<string, string | undefined> = {}) {
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  const slow = gatherSlow((line) => log.warn(line, 'the database took long'))
  const {
    couch,
    embedded,
    times,
    close: closeCouch,
  } = await openCouch(config, {
    onFailure: (error) => log.error({ cause: describe(error) }, 'the database failed'),
    onSlow: slow.hear,
  })
  const warn = (message: string, cause: unknown) => log.warn({ cause: describe(cause) }, message)
  // It only makes it faster: a CouchDB that lets nobody change its configuration serves as well.
  if (!embedded) await shareValidators(couch).catch((error) => warn('validators run in processes of their own', error))
  const scan = config.clamd && scanByClamd(config.clamd)
  const it = await openInstallation({ couch, keysFolder: join(config.dataDir, 'keys'), env, warn, scan })
  const opened = await openStorage(config.storage, { synced: config.durability === 'power' })
  if (config.storage.kind === 'folder') {
    const { folder } = config.storage
    removeUnfinished(folder, Date.now()).catch((error) => warn('what was half written could not be removed', error))
  }
  const storage = watchedStorage(opened, { now: it.now, warn })
  // A server with no storage for the moment still takes records and shows pages; what it cannot keep waits on the phones.
  await storage.check().catch(() => {})
  const scheme = config.tls ? 'https' : 'http'
  let url = config.publicUrl ?? `${scheme}://localhost:${config.port}`
  const messenger = config.runFunctions && config.external ? startTelling(config.external) : null
  const runner = config.runFunctions ? await startFunctions() : null
  const press = boardPress()
  const outsideLink: BoardDeps['outsideLink'] = (event, team, standing) =>
    ensureOutsideLink(it, { event, team }, standing)
  const boards = { it, storage, press, ...(config.external && { outsideLink }) }
  const kinds = [scoreboardKind(boards), paperKind({ ...printing(), couch, storage })]
  const jobs = config.runFunctions ? startJobs({ it, kinds, clock: systemClock, log }) : null
  const mailbox = openMailbox(join(config.dataDir, 'mailbox'))
  const dist = join(import.meta.dirname, '..', 'dist')
  const pokeForgetting = () => forgetting?.poke()
  const app = createApp({ it, times, storage, mailbox, runner, jobs, config, log, dist, pokeForgetting })
  const letGo = async (event: string) => void (await Promise.all([app.letGo(event), jobs?.letGo(event)]))
  const { dataDir } = config
  const forgetting = runner && startForgetting({ it, storage, mailbox, runner, letGo, dataDir, clock: systemClock })
  const server = await listen(app.hono.fetch, config)
  const { port } = server.address() as AddressInfo
  if (config.publicUrl === undefined) url = `${scheme}://localhost:${port}`
  const post = config.runFunctions ? startPost() : null
  const rescanning =
    config.runFunctions && scan
      ? startRescanning({ it, storage }, { events: () => ownEvents(couch), clock: systemClock })
      : null
  const tidying = config.runFunctions ? startTidying(it, storage, systemClock) : null
  log.info({ url, database: config.couchdbUrl ? 'couchdb' : 'embedded' }, 'ready')

  return {
    url,
    /** The address on this machine, whatever name phones know the server by. */
    localUrl: `${config.tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`,
    it,
    runner,
    storage,
    log,
    async stop() {
      server.close()
      app.stop()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const others = [post?.stop(), messenger?.stop(), tidying?.stop(), rescanning?.stop(), forgetting?.stop()]
      await Promise.all([runner?.stop(), jobs?.stop(), ...others])
      await press.stop()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closeCouch()
      slow.tell()
    },
  }

  function startPost() {
    const sender = { baseUrl: url.replace(/\/$/, ''), domain: new URL(url).hostname }
    const write = (mail: Outgoing) => writeMail(it, mail, sender)
    const { stations: envStations } = config
    return startPostOffice({
      it,
      write,
      transport: mailbox,
      envStations,
      domain: sender.domain,
      clock: systemClock,
      log,
    })
  }

  function startTelling(asked: NonNullable<Config['external']>) {
    const reportUrl = (nonce: string) => `${url.replace(/\/$/, '')}/r/${outsideToken(it, nonce)}`
    const system = externalSystem({ ...asked, reportUrl })
    return startMessenger({ it, system, events: () => ownEvents(couch), clock: systemClock, log })
  }

  async function startFunctions() {
    const events = async () => (await registeredEvents(couch)).map((event) => event.code)
    await shareKeys(couch, { events: await events(), keys: bibKeys(it.keys), now: it.now })
    return await startRunner({
      couch,
      functions: functionsAtWork(config),
      storage,
      events,
      bibKeys: async () => bibKeys(it.keys),
      bibTexts: (bib) => bibTextsOf(it.keys, bib),
      log,
      onBatch: ({ function: name, written }) => {
        if (name === tellExternal.name && written > 0) messenger?.poke()
      },
    })
  }
}

/**
 * Longer than reverse proxies keep a connection that they may use again (nginx and most balancers: 60 s). With Node's own
 * 5 s a proxy now and then sends a request into one that is just being closed, and answers 502.
 */
const keepAliveMs = 75_000

async function listen(fetch: (request: Request) => Response | Promise<Response>, config: Config) {
  const tls = config.tls && {
    cert: await readFile(config.tls.certFile),
    key: await readFile(config.tls.keyFile),
    allowHTTP1: true,
  }
  const transport = tls
    ? { createServer: createSecureServer, serverOptions: tls }
    : { createServer: createHttp, serverOptions: { keepAliveTimeout: keepAliveMs } }
  return await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const server = serve({ fetch, port: config.port, hostname: config.host, ...transport }, () => resolve(server))
    server.on('error', reject)
  })
}

function describe(cause: unknown): unknown {
  return cause instanceof Error ? { name: cause.name, message: cause.message, stack: cause.stack } : cause
}
