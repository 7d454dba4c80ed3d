import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** The harmless text that every scanner takes for malware, in two parts so that this file is not taken for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export type FakeClamd = {
  address: string
  /** What it was asked to look at. */
  scans: number
  /** What it does: looks, falls silent, hangs up in the middle of a stream, or says that it is too long. */
  mood: 'looks' | 'silent' | 'hangs-up' | 'limit' | 'babbles'
  stop(): Promise<void>
  start(): Promise<void>
}

/** Speaks INSTREAM as clamd does; what holds EICAR is FOUND. */
export async function fakeClamd(): Promise<FakeClamd> {
  let server: Server
  let port = 0
  const sockets = new Set<Socket>()
  const clamd: FakeClamd = {
    address: '',
    scans: 0,
    mood: 'looks',
    async start() {
      server = createServer((socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket)).on('error', () => {})
        serve(socket)
      })
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      port = (server.address() as { port: number }).port
      clamd.address = `tcp://127.0.0.1:${port}`
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  const serve = (socket: Socket) => {
    let all = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      all = Buffer.concat([all, bytes])
      const command = 'zINSTREAM\0'
      if (all.length < command.length) return
      if (all.toString('latin1', 0, command.length) !== command) return void socket.end('UNKNOWN COMMAND\0')
      if (clamd.mood === 'hangs-up' && all.length > 200) return void socket.destroy()
      const parts: Buffer[] = []
      for (let at = command.length; at + 4 <= all.length; ) {
        const length = all.readUInt32BE(at)
        at += 4
        if (length > 0 && at + length <= all.length) parts.push(all.subarray(at, at + length))
        at += length
        if (length > 0) continue
        clamd.scans++
        if (clamd.mood === 'silent') return
        if (clamd.mood === 'limit') return void socket.end('INSTREAM size limit exceeded. ERROR\0')
        if (clamd.mood === 'babbles') return void socket.write('x'.repeat(10_000))
        const isFound = Buffer.concat(parts).includes(eicar)
        return void socket.end(isFound ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
      }
    })
  }
  await clamd.start()
  return clamd
}
