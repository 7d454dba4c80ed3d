import { createHash, generateKeyPairSync } from 'node:crypto'
import { databaseName } from '../../../design-docs/databases.ts'
import type { Fact, FactOf, FactType } from '../../../design-docs/facts.ts'
import { factId, ulid } from '../../../design-docs/ids.ts'
import type { Role } from '../../../design-docs/primitives.ts'
import type { Chance } from './chance.ts'
import type { DrawnPhoto } from './draw-photo.ts'

const pieceBytes = 131_072

type Claimed =
  | '_id'
  | '_rev'
  | 'type'
  | 'event'
  | 'by'
  | 'as'
  | 'device'
  | 'at'
  | 'deviceAt'
  | 'offsetMs'
  | 'measuredAt'
  | 'bootId'
  | 'monotonicMs'
/** What a fact says beyond who said it and when. */
export type Saying<T extends FactType> = Omit<FactOf<T>, Claimed>

type Session = { account: string; event: string; role: Role; device: string }
/**
 * The device's clock: `skewMs` ahead of true time; a phone that never met the server does not know it. Opened anew at
 * `reopenedAt` (ms since 1970, true time), its running time says nothing more of what it recorded before.
 */
export type PhoneClock = { skewMs: number; measured: boolean; reopenedAt?: number }

export type DemoPhone = {
  session: Session
  /** Writes down that something happened at `trueAt` (ms since 1970); it is sent by `deliver`. */
  record<T extends FactType>(type: T, trueAt: number, saying: Saying<T>): FactOf<T>
  /** A check-in, or a team of which it becomes the portrait. */
  photograph(of: FactOf<'checkin'> | { team: string }, drawn: DrawnPhoto, trueAt: number): void
  /** Pushes what is recorded, then the photos' pieces, and says so; returns how many facts were refused. */
  deliver(): Promise<number>
  /** Asks the API; false when what is to be saved is there already. */
  ask(method: 'PUT' | 'POST', path: string, body: object | Uint8Array): Promise<boolean>
  read(path: string): Promise<unknown>
}

type SignIn = { base: string; invitation: string; name: string; clock: PhoneClock; chance: Chance }

/** A phone without a screen: it signs in, pushes and sends photos through the same doors as a real one. */
export async function signInDemoPhone({ base, invitation, name, clock, chance }: SignIn): Promise<DemoPhone> {
  const deviceName = createHash('sha256').update(chance.bytes(16)).digest('hex').slice(0, 20)
  const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const device = { id: deviceName, name, app: 'staff', version: 'demo', publicKey }
  const answer = await send(`${base}/api/login/invitation`, { token: invitation, device })
  const signedIn = (await answer.json()) as { session: Session; accessToken: string; generation: string }
  const { session, generation } = signedIn
  const headers = { authorization: `Bearer ${signedIn.accessToken}` }
  const openedAt = Date.now() - 6 * 3_600_000
  const running = (trueAt: number) => {
    const reopened = clock.reopenedAt !== undefined && trueAt >= clock.reopenedAt
    const since = reopened ? clock.reopenedAt! : openedAt
    return { bootId: `boot-${deviceName.slice(0, 8)}${reopened ? '-2' : ''}`, monotonicMs: trueAt - since }
  }
  const unsent: Fact[] = []
  const film: { photo: string; pieces: Uint8Array[] }[] = []

  const phone: DemoPhone = {
    session,
    record(type, trueAt, saying) {
      const deviceAt = trueAt + clock.skewMs
      const offsetMs = clock.measured ? -clock.skewMs : 0
      const subject = 'team' in saying && typeof saying.team === 'string' ? saying.team : 'staff'
      const claim = {
        _id: factId(subject, type, ulid(deviceAt, chance.bytes(10))),
        type,
        event: session.event,
        by: session.account,
        as: session.role,
        device: session.device,
        at: deviceAt + offsetMs,
        deviceAt,
        offsetMs,
        measuredAt: clock.measured ? openedAt : null,
        ...running(trueAt),
      }
      const fact = { ...claim, ...saying } as unknown as FactOf<typeof type>
      unsent.push(fact as Fact)
      return fact
    },
    photograph(of, drawn, trueAt) {
      const checkin = '_id' in of ? of : null
      const pieces: Uint8Array[] = []
      for (let from = 0; from < drawn.bytes.length; from += pieceBytes)
        pieces.push(drawn.bytes.subarray(from, from + pieceBytes))
      const photo = phone.record('photo', trueAt, {
        team: of.team,
        ...(checkin && { checkin: checkin._id }),
        purpose: checkin ? 'checkin' : 'portrait',
        takenAt: checkin?.at ?? trueAt,
        sha256: sha256(drawn.bytes),
        bytes: drawn.bytes.length,
        width: drawn.width,
        height: drawn.height,
        contentType: 'image/jpeg',
        pieces: pieces.map(sha256),
        pieceBytes,
        _attachments: {
          preview: { content_type: 'image/jpeg', data: Buffer.from(drawn.preview).toString('base64') },
        },
        ...(checkin?.position && { position: checkin.position }),
      })
      film.push({ photo: photo._id, pieces })
    },
    async ask(method, path, body) {
      const raw = body instanceof Uint8Array
      const type = { 'content-type': raw ? 'application/octet-stream' : 'application/json' }
      const sent = raw ? Buffer.from(body) : JSON.stringify(body)
      const response = await fetch(base + path, { method, headers: { ...headers, ...type }, body: sent })
      if (response.ok || response.status === 409) return response.ok
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    },
    read: async (path) => await (await fetch(base + path, { headers })).json(),
    async deliver() {
      const docs = unsent.splice(0).map(withRevision)
      let refused = 0
      if (docs.length > 0) {
        const now = Date.now()
        const { bootId, monotonicMs } = running(now)
        const clockHeader = [now + clock.skewMs, clock.measured ? -clock.skewMs : 0, bootId, monotonicMs].join(';')
        const path = `/db/${generation}/${databaseName(session.event, 'log')}/_bulk_docs`
        const pushed = await send(
          base + path,
          { new_edits: false, docs },
          { ...headers, 'x-zekken-clock': clockHeader },
        )
        refused = ((await pushed.json()) as unknown[]).length
      }
      for (const { photo, pieces } of film.splice(0)) {
        for (const [n, piece] of pieces.entries()) {
          const url = `${base}/api/film/${encodeURIComponent(photo)}/${n}`
          const type = { 'content-type': 'application/octet-stream' }
          const put = await fetch(url, { method: 'PUT', headers: { ...headers, ...type }, body: Buffer.from(piece) })
          if (!put.ok) throw new Error(`The photo ${photo} was not taken: ${put.status} ${await put.text()}`)
        }
      }
      const clockOffsetMs = clock.measured ? -clock.skewMs : null
      const news = { version: 'demo', unsent: 0, photosUnsent: 0, refused, oldestUnsentAt: null, clockOffsetMs }
      await send(`${base}/api/devices/heartbeat`, news, headers)
      return refused
    },
  }
  return phone
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A first revision made from the content, so that sending it twice is the same document. */
function withRevision(fact: Fact): Fact & { _revisions: { start: 1; ids: [string] } } {
  const hash = createHash('md5').update(JSON.stringify(fact)).digest('hex')
  return { ...fact, _rev: `1-${hash}`, _revisions: { start: 1, ids: [hash] } }
}

async function send(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}
