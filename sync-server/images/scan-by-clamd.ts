import { connect, type Socket } from 'node:net'
import { turns } from '../turns.ts'
import type { Scan } from './admit-picture.ts'

/** Where clamd listens. */
export type ClamdPlace = { path: string } | { host: string; port: number }
export type ClamdOptions = {
  /** Without a byte from either side for so long, it is taken as dead. */
  silentMs?: number
  /** More at once wait for each other: clamd has few threads. */
  atOnce?: number
}

/** Reads `tcp://host:port` or `unix:/path`; throws an Error that says what is wrong. */
export function readClamdPlace(address: string): ClamdPlace {
  const [, path] = /^unix:(?:\/\/)?(\/.+)$/.exec(address) ?? []
  if (path !== undefined) return { path }
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'tcp:' || url.hostname === '' || url.port === '')
    throw new Error('tcp://host:port or unix:/path')
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) }
}

const pieceBytes = 65_536
const answerLimitBytes = 4096

/**
 * Asks clamd about bytes by INSTREAM: each piece behind its length in four bytes, the highest first, and a length of
 * zero at the end (clamd(8)). Rejects whenever clamd has not said clearly that it looked at all of them.
 */
export function scanByClamd(place: ClamdPlace, { silentMs = 20_000, atOnce = 4 }: ClamdOptions = {}): Scan {
  const inTurn = turns(atOnce)
  return (bytes) => inTurn(async () => toldBy(await ask(place, bytes, silentMs)))
}

function toldBy(answer: string): { found: string | null } {
  if (answer === 'stream: OK') return { found: null }
  const [, found] = /^stream: (.+) FOUND$/.exec(answer) ?? []
  if (found !== undefined) return { found: found.slice(0, 200) }
  throw new Error(`clamd says: ${answer.slice(0, 200)}`)
}

async function ask(place: ClamdPlace, bytes: Uint8Array, silentMs: number): Promise<string> {
  const socket = connect(place)
  try {
    return await new Promise<string>((resolve, reject) => {
      let answer = ''
      socket.setTimeout(silentMs, () => reject(new Error('clamd is silent')))
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('clamd closed the connection before it answered')))
      socket.setEncoding('latin1')
      socket.on('data', (text: string) => {
        answer += text
        // The end of an answer to a command that begins with z. clamd may answer before it has everything.
        const end = answer.indexOf('\0')
        if (end !== -1) resolve(answer.slice(0, end).trim())
        else if (answer.length > answerLimitBytes) reject(new Error('clamd says too much'))
      })
      socket.on('connect', () => void send(socket, bytes).catch(reject))
    })
  } finally {
    socket.destroy()
  }
}

async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  socket.write('zINSTREAM\0')
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes)
    socket.write(lengthOf(piece.length))
    // Not faster than clamd reads.
    if (!socket.write(piece)) await drained(socket)
    if (socket.destroyed) return
  }
  socket.write(lengthOf(0))
}

const drained = (socket: Socket) =>
  new Promise<void>((resolve) => {
    const end = () => {
      socket.off('drain', end).off('close', end)
      resolve()
    }
    socket.on('drain', end).on('close', end)
  })

function lengthOf(count: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(count)
  return bytes
}
