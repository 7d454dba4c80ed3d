import { batch, signal } from '@preact/signals'
import { everyMenu } from '../../design-docs/menus.ts'
import type { Answer, Ask, Http } from './http.ts'
import type { KeyValue, Ports } from './ports.ts'
import type { Look, OpenEvent, OwnDevice, Refusal, Session, SessionState, SignIn, Who } from './types.ts'

/** A session as the rest of the store sees it. */
export type InnerSession = Session & {
  /** Asks with a valid access token, fetching a new one once when the server does not take it. */
  ask(path: string, ask?: Ask): Promise<Answer>
  /** The signed order to wipe, or to let go of the event, once the server has given one. */
  removalOrder(): string | null
  /** What the person may open now. */
  setMenus(menus: number): void
  /** After the wipe; `over` when the event itself is forgotten. */
  setRemoved(why?: 'removed' | 'over'): void
  /** After the person had everything removed: whoever signs in next, this is another device. */
  setForgotten(): void
  /** Reads what another tab has kept. */
  reread(): void
}

type Grant = { session: Who; accessToken: string; expiresAt: number; menus?: number }
type Kept = { who: Who; state: 'signed-in' | 'expired'; order?: string; menus?: number | undefined }

/** A token this close to its end is renewed before it is used: a request may take a while to arrive. */
const renewBeforeMs = 60_000
const keptUnder = 'zekken:session'
const deviceUnder = 'zekken:device'

type Parts = {
  ports: Pick<Ports, 'keyValue' | 'random' | 'deviceKey' | 'app'>
  http: Http
  serverNow(): number
  onChange(): void
  /** A token came with a renewal. */
  onToken?(token: string): void
}

export function createSession({ ports, http, serverNow, onChange, onToken }: Parts): InnerSession {
  let kept = readKept(ports.keyValue)
  let token: { text: string; expiresAt: number } | null = null
  let renewal: Promise<Answer | null> | null = null
  /** Numbers the requests for a session, so that a late answer never overwrites a newer one. */
  let asked = 0
  let taken = 0

  const who = signal<Who | null>(kept?.who ?? null)
  const state = signal<SessionState>(kept?.state ?? 'signed-out')
  const menus = signal(menusOf(kept))

  /** All at once: whoever follows both person and menus must see no mixture of two sessions. */
  const show = (next: Kept | null) =>
    batch(() => {
      kept = next
      menus.value = menusOf(next)
      if (JSON.stringify(who.value) !== JSON.stringify(next?.who ?? null)) who.value = next?.who ?? null
      state.value = next?.state ?? 'signed-out'
    })
  const keep = (next: Kept | null) => {
    if (next) ports.keyValue.set(keptUnder, JSON.stringify(next))
    else ports.keyValue.remove(keptUnder)
    show(next)
    onChange()
  }

  const take = (grant: Grant, number: number) => {
    if (number < taken) return
    taken = number
    token = { text: grant.accessToken, expiresAt: grant.expiresAt }
    keep({ who: grant.session, state: 'signed-in', menus: grant.menus })
  }

  /** No answer to an earlier request counts any more. */
  const drop = () => {
    taken = ++asked
    token = null
  }

  const renewOnce = async (): Promise<Answer | null> => {
    const number = ++asked
    const answer = await http('/api/login/refresh', { method: 'POST', json: { event: kept?.who.event } })
    if (number < taken || !kept) return null
    const grant = answer.kind === 'ok' ? grantIn(answer.body) : null
    if (grant) {
      take(grant, number)
      onToken?.(grant.accessToken)
      return null
    }
    if (answer.kind === 'ok') return { kind: 'blocked' }
    if (answer.kind !== 'refused') return answer
    taken = number
    token = null
    keep({ ...kept, state: 'expired', ...orderIn(answer) })
    return answer
  }

  /** One request for all who need a token at the same time; null when there is one now. */
  const renew = () => {
    renewal ??= renewOnce().finally(() => {
      renewal = null
    })
    return renewal
  }

  const ask = async (path: string, request: Ask = {}): Promise<Answer> => {
    if (!kept) return { kind: 'refused', status: 401, code: 'ZK-AUTH-001', message: '', figures: {} }
    if (!token || token.expiresAt - serverNow() < renewBeforeMs) {
      const failure = await renew()
      if (failure) return failure
    }
    const used = token?.text
    const answer = await http(path, { ...request, token: used ?? null })
    // A removed device hears of it by any answer, long before its token runs out.
    const order = orderIn(answer)
    if (kept && order) keep({ ...kept, ...order })
    if (answer.kind !== 'refused' || answer.status !== 401) return answer
    if (token?.text === used) {
      const failure = await renew()
      if (failure) return failure
    }
    return http(path, { ...request, token: token?.text ?? null })
  }

  const enter = async (way: string, proof: object, deviceName: string): Promise<SignIn> => {
    const number = ++asked
    const { kty, crv, x, y } = (await ports.deviceKey()).publicKey
    const { name: app, version } = ports.app
    const device = { id: deviceId(ports), name: deviceName, app, version, publicKey: { kty, crv, x, y } }
    const answer = await http(`/api/login/${way}`, { method: 'POST', json: { ...proof, device } })
    const grant = answer.kind === 'ok' ? grantIn(answer.body) : null
    if (!grant) return refusal(answer)
    take(grant, number)
    return { ok: true, who: grant.session }
  }

  return {
    state,
    who,
    menus,
    ask,
    removalOrder: () => kept?.order ?? null,
    setMenus: (next) => {
      if (kept && kept.menus !== next) keep({ ...kept, menus: next })
    },
    setRemoved: (why = 'removed') => {
      drop()
      keep(null)
      // The server takes a removed device back under no invitation: signed in again, this phone is another one.
      ports.keyValue.remove(deviceUnder)
      state.value = why
    },
    setForgotten: () => {
      drop()
      keep(null)
      ports.keyValue.remove(deviceUnder)
    },
    reread: () => {
      const next = readKept(ports.keyValue)
      if (next?.who.account !== kept?.who.account || next?.who.event !== kept?.who.event) drop()
      show(next)
    },

    async look(invitation): Promise<Look> {
      const answer = await http('/api/login/invitation/look', { method: 'POST', json: ticket(invitation) })
      if (answer.kind !== 'ok') return refusal(answer)
      return { ok: true, ...(answer.body as Omit<Extract<Look, { ok: true }>, 'ok'>) }
    },

    signIn: (invitation, deviceName) => enter('invitation', ticket(invitation), deviceName),
    prove: ({ way, ...proof }, deviceName) => enter(way, proof, deviceName),

    async askPasscode(event, number) {
      const answer = await http('/api/login/passcode/ask', { method: 'POST', json: { event, number } })
      if (answer.kind !== 'ok') return refusal(answer)
      return { ok: true, askAgainInMs: Number((answer.body as { askAgainInMs?: unknown }).askAgainInMs) }
    },

    async signInLink(team) {
      const event = kept?.who.event ?? ''
      const answer = await ask(`/api/events/${event}/teams/${encodeURIComponent(team)}/sign-in`, {
        method: 'POST',
        json: {},
      })
      if (answer.kind !== 'ok') return refusal(answer)
      return { ok: true, ...(answer.body as { link: string; code: string; expiresAt: number }) }
    },

    async ownDevices() {
      const answer = await ask('/api/devices/own')
      if (answer.kind !== 'ok') return refusal(answer)
      return { ok: true, devices: (answer.body as { devices: readonly OwnDevice[] }).devices }
    },

    async removeOwnDevice(device) {
      const answer = await ask(`/api/devices/own/${encodeURIComponent(device)}`, { method: 'DELETE' })
      return answer.kind === 'ok' ? { ok: true } : refusal(answer)
    },

    async openEvents() {
      const answer = await http('/api/login/events')
      if (answer.kind !== 'ok') return refusal(answer)
      return { ok: true, events: (answer.body as { events: readonly OpenEvent[] }).events }
    },

    async leave() {
      const used = token?.text ?? null
      drop()
      keep(null)
      // Offline the cookie stays until the next sign-in replaces it; nobody can use the session from here meanwhile.
      await http('/api/login/leave', { method: 'POST', json: {}, token: used })
    },
  }
}

/** The order in a refusal; whether it is the server's own is proved before anything is done about it. */
function orderIn(answer: Answer): { order: string } | null {
  const says = answer.kind === 'refused' && ['ZK-AUTH-004', 'ZK-AUTH-009', 'ZK-AUTH-010'].includes(answer.code)
  const order = says ? answer.figures.order : undefined
  return typeof order === 'string' ? { order } : null
}

/** What a link carries is long; what a person types in the installed app is short. */
const ticket = (invitation: string) => (invitation.length < 20 ? { code: invitation } : { token: invitation })

function refusal(answer: Answer): Refusal {
  if (answer.kind === 'refused') {
    const { code, message, figures } = answer
    return { ok: false, reason: 'refused', code, message, figures }
  }
  // Asked too often is no want of a network: the person has to wait, and may know how long.
  if (answer.kind === 'busy' && answer.status === 429) {
    const figures = { retryAfterMs: answer.retryAfterMs }
    return { ok: false, reason: 'refused', code: 'ZK-AUTH-005', message: '', figures }
  }
  return { ok: false, reason: 'offline' }
}

/** This device's name for ever: made once, before the first sign-in. */
export function deviceId({ keyValue, random }: Pick<Ports, 'keyValue' | 'random'>): string {
  const known = keyValue.get(deviceUnder)
  if (known) return known
  const made = Array.from(random.bytes(10), (byte) => byte.toString(16).padStart(2, '0')).join('')
  keyValue.set(deviceUnder, made)
  return made
}

/** A session of an older version does not say: it goes on as before until the server does. */
const menusOf = (kept: Kept | null) => (kept ? (kept.menus ?? everyMenu) : 0)

function readKept(keyValue: KeyValue): Kept | null {
  const text = keyValue.get(keptUnder)
  return text === null ? null : (JSON.parse(text) as Kept)
}

function grantIn(body: unknown): Grant | null {
  if (typeof body !== 'object' || body === null) return null
  const grant = body as Partial<Grant>
  return grant.session && typeof grant.accessToken === 'string' && typeof grant.expiresAt === 'number'
    ? (grant as Grant)
    : null
}
