import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export type Arrived = { user: string; from: string; to: string; raw: string; messageId: string; at: number }

/** What the server does with one mail: a code refuses it at that point, `drop` cuts the connection there. */
export type Behaviour = {
  greeting?(): number | 'drop' | null
  login?(user: string): number | null
  sender?(from: string): number | null
  recipient?(to: string): number | 'drop' | null
  /** Before it counts as arrived. */
  message?(to: string): number | 'drop' | null
  /** After it has arrived: the answer is lost. */
  answer?(to: string): 'drop' | null
  /** Resolves when the mail may be answered. */
  hold?(to: string): Promise<void>
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

const refusal = (code: number) => Object.assign(new Error(`refused with ${code}`), { responseCode: code })

/** A real SMTP server on this machine that takes any password but `wrong`, and behaves as it is told. */
export async function startMailServer(behaviour: Behaviour = {}, port = 0) {
  const arrived: Arrived[] = []
  const begun: string[] = []
  const open = { now: 0, most: 0 }
  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections) {
      if ((connection as { session?: { id: string } }).session?.id === session.id) {
        ;(connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
      }
    }
  }
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(session, done) {
      open.most = Math.max(open.most, ++open.now)
      const what = behaviour.greeting?.() ?? null
      if (what === 'drop') return cut(session)
      done(what === null ? null : refusal(what))
    },
    onClose() {
      open.now--
    },
    onAuth({ username = '', password }, _session, done) {
      const code = password === 'wrong' ? 535 : (behaviour.login?.(username) ?? null)
      if (code === null) done(null, { user: username })
      else done(refusal(code))
    },
    onMailFrom({ address }, _session, done) {
      const code = behaviour.sender?.(address) ?? null
      done(code === null ? null : refusal(code))
    },
    onRcptTo({ address }, session, done) {
      const what = behaviour.recipient?.(address) ?? null
      if (what === 'drop') return cut(session)
      done(what === null ? null : refusal(what))
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? ''
      begun.push(to)
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const what = behaviour.message?.(to) ?? null
        if (what === 'drop') return cut(session)
        if (what !== null) return done(refusal(what))
        await behaviour.hold?.(to)
        const raw = Buffer.concat(chunks).toString('utf8')
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const messageId = /^message-id: (<.+>)/im.exec(raw)?.[1] ?? ''
        arrived.push({ user: String(session.user ?? ''), from, to, raw, messageId, at: Date.now() })
        if (behaviour.answer?.(to) === 'drop') return cut(session)
        done()
      })
    },
  }
  const server = new SMTPServer(options)
  // A connection that is cut on purpose is none of the server's troubles.
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    begun,
    open,
    /** Ends it as a killed process would: connections break. */
    async kill() {
      for (const connection of server.connections) {
        ;(connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
      }
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
