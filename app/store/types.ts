import type { ReadonlySignal } from '@preact/signals'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'
import type { Role, Words } from '../../design-docs/primitives.ts'
import type { Clock, ClockState, Stamp } from '../device/clock.ts'
import type { EventData } from './event-data.ts'
import type { Ports } from './ports.ts'
import type { InnerSession } from './session.ts'

export type { ClockState, Stamp } from '../device/clock.ts'

/** The phone's data: what the screens may know of and ask from it. Everything here works without a network. */
export type Store = {
  session: Session
  status: Status
  mirrors: Mirrors
  outbox: Outbox
  cargo: Cargo
  notices: Notices
  openers: Openers
  /** One whole round now: push, pull, photos. Resolves when it is over, never throws for want of a network. */
  sync(): Promise<SyncOutcome>
  /**
   * Leaves, and removes everything of the event from this device. What is unsent is sent first; where that does not work
   * it is `unsent`, and nothing is removed unless the person insists.
   */
  forget(wish: { insist: boolean }): Promise<'forgotten' | 'unsent'>
  close(): Promise<void>
  /** What the store is made of, for its rooms that are loaded when they are asked for. */
  parts(): StoreParts
}
export type StoreParts = {
  data: EventData | null
  ports: Ports
  clock: Clock
  session: InnerSession
}
/** `follows`: another tab does it. `fault`: this phone's own storage failed, nothing is lost by that alone. */
export type SyncOutcome = 'done' | 'offline' | 'sign-in-needed' | 'removed' | 'follows' | 'fault'

/** Who is signed in here: what the server said at sign-in, kept for a start without a network. */
export type Who = {
  account: string
  name: string
  event: string
  role: Role
  teams: readonly string[]
  device: string
}

/** `expired`: the server wants a new sign-in; everything here still works and is kept. `removed`: wiped by an order; `over`: the event is forgotten, here too. */
export type SessionState = 'signed-out' | 'signed-in' | 'expired' | 'removed' | 'over'

export type Session = {
  state: ReadonlySignal<SessionState>
  who: ReadonlySignal<Who | null>
  /** Bits of the menus (`design-docs/menus.ts`) that this person has, as the server said last. */
  menus: ReadonlySignal<number>
  /** What an invitation is for, without using it up. */
  look(token: string): Promise<Look>
  /** Uses up an invitation. Facts that an earlier person left unsent here stay, under that person's name. */
  signIn(token: string, deviceName: string): Promise<SignIn>
  /** Signs in by what the person knows. */
  prove(proof: Proof, deviceName: string): Promise<SignIn>
  /** Has a passcode mailed, if the number exists; nobody is told whether it does. */
  askPasscode(event: string, number: string): Promise<{ ok: true; askAgainInMs: number } | Refusal>
  /** What can be signed in to by number, the latest first. */
  openEvents(): Promise<{ ok: true; events: readonly OpenEvent[] } | Refusal>
  /** Makes a one-time way in for a phone of a team, for who may. */
  signInLink(team: string): Promise<MadeLink>
  /** Every device on which this person, or this team, is signed in; this one first. */
  ownDevices(): Promise<{ ok: true; devices: readonly OwnDevice[] } | Refusal>
  /** Takes another one out: from its next contact on it wipes itself. */
  removeOwnDevice(device: string): Promise<{ ok: true } | Refusal>
  /** End of a shift: forgets who was here, keeps every fact and photo until they are confirmed. */
  leave(): Promise<void>
}
/** What a person shows at a door of its own, `POST /api/login/<way>`. */
export type Proof =
  | { way: 'passcode'; event: string; number: string; passcode: string }
  | { way: 'team'; event: string; number: string; password: string }
  | { way: 'agent'; event: string; agent: string; secret: string }
  | { way: 'passkey'; response: unknown }
  | { way: 'oidc'; code: string; state: string; iss?: string }
export type OpenEvent = { code: string; name: Words; startsAt: number; endsAt: number }
export type OwnDevice = {
  device: string
  name: string
  holder: string
  since: number
  lastSeenAt: number
  isThis: boolean
}
export type MadeLink = { ok: true; link: string; code: string; expiresAt: number } | Refusal
export type Refusal =
  | { ok: false; reason: 'offline' }
  | { ok: false; reason: 'refused'; code: string; message: string; figures: Record<string, unknown> }
/** `eventName` is absent while there is no plan of the event. */
export type Look = { ok: true; event: string; eventName?: Words; role: Role; name: string } | Refusal
export type SignIn = { ok: true; who: Who } | Refusal

/** `blocked`: something answers that is not our server, a captive portal say. */
export type Link = 'unknown' | 'online' | 'offline' | 'blocked'

export type Status = {
  link: ReadonlySignal<Link>
  /** A round of sending and fetching is under way. */
  busy: ReadonlySignal<boolean>
  /** Device time of the last answer of our server; null: never. */
  lastContactAt: ReadonlySignal<number | null>
  /** Facts here that the server has not confirmed, refused ones included. */
  unsent: ReadonlySignal<number>
  /** `at` of the oldest of them. */
  oldestUnsentAt: ReadonlySignal<number | null>
  refused: ReadonlySignal<readonly RefusedFact[]>
  /** Photos whose original has no receipt yet. */
  photosUnsent: ReadonlySignal<{ count: number; bytes: number }>
  /** Nothing would have to be sent or fetched again if this page were closed and the phone lost. */
  safeToClose: ReadonlySignal<boolean>
  storage: ReadonlySignal<StorageState>
  /** One tab replicates for all. */
  tab: ReadonlySignal<'leads' | 'follows'>
  clock: ReadonlySignal<ClockState>
}
export type StorageState = {
  persisted: boolean | null
  room: 'enough' | 'low' | 'unknown'
  freeBytes: number | null
}
export type RefusedFact = { fact: Fact; code: string; message: string }

/** What a mirror holds. The revision is the server's. */
export type MirrorDoc = { _id: string; _rev: string; type?: string; [field: string]: unknown }

/** `filling`: no complete copy yet, what has arrived is shown. `refilling`: the old copy is shown while a new one fills. */
export type MirrorState = 'empty' | 'filling' | 'complete' | 'refilling'

export type Mirror = {
  /** Every document by id; a new map whenever something changed. */
  docs: ReadonlySignal<ReadonlyMap<string, MirrorDoc>>
  state: ReadonlySignal<MirrorState>
  /** Of the first sync or a refill; `expected` is null until the server has said it. */
  progress: ReadonlySignal<{ received: number; expected: number | null } | null>
  /** Follows one document. */
  doc<T extends MirrorDoc = MirrorDoc>(id: string): ReadonlySignal<T | undefined>
  /** Follows the documents whose id starts so, in the order of their ids. */
  withPrefix<T extends MirrorDoc = MirrorDoc>(prefix: string): ReadonlySignal<readonly T[]>
  /** Bytes of an attachment: fetched once, then kept beside the copy; null without a network before that. */
  attachment(id: string, name: string): Promise<Blob | null>
}
export type Mirrors = {
  board: Mirror
  roster: Mirror
  /** Sealed cards, for whom may not search the roster. */
  gate: Mirror
  /** Who came and where they are, for whom it is shown. */
  figures: Mirror
  /** Whichever of roster and gate this person's phone carries. */
  carried: Mirror
  /** The mirror of one of the caller's own teams. */
  team(number: string): Mirror
}

/** What this person is told; it is here without a network as long as it holds. */
export type Notices = {
  /** Those that are out at this server time, urgent ones first, then the newest. Follows the mirrors. */
  shownAt(nowMs: number): readonly NoticeDoc[]
  /** Ids of those that were opened on this device. */
  read: ReadonlySignal<ReadonlySet<string>>
  markRead(id: string): void
}

/** What the bibs that were scanned on this device open: ids of sealed cards with their AES keys, in base64. */
export type Openers = {
  keys: ReadonlySignal<ReadonlyMap<string, string>>
  keep(id: string, key: string): Promise<void>
}

/** What `append` adds by itself. */
type Stamped = '_id' | '_rev' | '_attachments' | 'event' | 'by' | 'as' | 'device' | keyof Stamp
/** A fact before it is one: its type, its team and what was observed. */
export type Draft<T extends FactType = FactType> = { [K in T]: Omit<FactOf<K>, Stamped> & { type: K } }[T]
/** What a photo fact says about its bytes; the store measures these itself. */
type Measured = 'sha256' | 'bytes' | 'pieces' | 'pieceBytes'
export type PhotoDraft = Omit<Draft<'photo'>, Measured>

/** `sent`: the server took it without a word; `confirmed`: it was asked for by id and is there. */
export type FactState =
  | { state: 'unsent' }
  | { state: 'sent' }
  | { state: 'confirmed' }
  | { state: 'refused'; code: string; message: string }

export type Outbox = {
  /** All facts of this device, by id. They stay until the event is over. */
  facts: ReadonlySignal<ReadonlyMap<string, Fact>>
  states: ReadonlySignal<ReadonlyMap<string, FactState>>
  /** Writes a fact; it survives anything once this resolves. `stamp` is the time taken earlier, at the shutter say. */
  append<T extends FactType>(draft: Draft<T>, stamp?: Stamp): Promise<FactOf<T>>
  /**
   * Keeps the original, then writes the photo's fact with its preview (JPEG, at most 8 KB). A page that ends in between
   * has taken the photo.
   */
  appendPhoto(draft: PhotoDraft, bytes: { original: Blob; preview: Blob }, stamp?: Stamp): Promise<FactOf<'photo'>>
  /** The time of now, as facts carry it. */
  stamp(): Stamp
  /** Offers every refused fact again in the next round. */
  tryAgain(): Promise<void>
  /** The preview of an own photo, or null. */
  preview(photo: string): Promise<Blob | null>
}

/** `refused`: the server says that it is no picture; it is kept here and offered again, and nothing waits for it. */
export type CargoState = {
  state: 'waiting' | 'sending' | 'refused'
  bytes: number
  piecesStored: number
  pieces: number
}
export type Cargo = {
  /** Originals without a receipt, by photo fact id. */
  photos: ReadonlySignal<ReadonlyMap<string, CargoState>>
  /** The original while it is still on this phone, for some time after its receipt too, or null. */
  original(photo: string): Promise<Blob | null>
}
