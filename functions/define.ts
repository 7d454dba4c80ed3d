import type { Card, ImageDoc, TeamDoc, Verdict } from '../design-docs/derived.ts'
import type { Fact } from '../design-docs/facts.ts'
import type { CheckpointDoc, EventDoc, SettingDoc } from '../design-docs/plan.ts'

/** A document with an id; what a function writes and what it is woken by. */
export type Doc = { _id: string; _rev?: string | undefined; type?: string; team?: string | undefined }

/** A document as the changes feed brings it; of a deleted one only its id, and the type that its id names. */
export type ChangedDoc = Doc & { _deleted?: boolean }

/** Where a document goes: one of the event's own databases. */
export type Place = { kind: 'desk' | 'board' | 'roster' | 'gate' | 'figures' | 'log' } | { kind: 'team'; team: string }

/** What a function asks the runner to do. All of it may be done again without harm. */
export type Effect =
  /** Computed content: written only when it differs from what is there. */
  | { do: 'put'; at: Place; doc: Doc; attachments?: Record<string, { contentType: string; bytes: Uint8Array }> }
  /** Random or timed content: written only when the id is free. */
  | { do: 'create'; at: Place; doc: Doc }
  /** The document is no longer to be seen there. */
  | { do: 'remove'; at: Place; id: string }
  /** Bytes into storage, under a key made from their source. */
  | { do: 'store'; key: string; bytes: Uint8Array; contentType: string }
  /** Bytes that nothing leads to any more go out of storage. */
  | { do: 'unstore'; key: string }
  /** The function is called again with this key once `at` (ms since 1970) is past. */
  | { do: 'wake'; key: string; at: number }

export const put = (at: Place, doc: Doc): Effect => ({ do: 'put', at, doc })
export const putOrRemove = (at: Place, id: string, doc: Doc | null | undefined): Effect =>
  doc ? put(at, doc) : { do: 'remove', at, id }
export const desk: Place = { kind: 'desk' }
export const board: Place = { kind: 'board' }
export const roster: Place = { kind: 'roster' }
export const gate: Place = { kind: 'gate' }
export const figures: Place = { kind: 'figures' }
export const ofTeam = (team: string): Place => ({ kind: 'team', team })

/** The key that stands for every team of the event; the runner works it off in slices. */
export const everyTeam = '*'

export type Plan = { event: EventDoc; checkpoints: Map<string, CheckpointDoc>; settings: Map<string, SettingDoc> }

/** What a function may read. Reads see at least everything that woke it. */
export type FunctionContext = {
  event: string
  /** Milliseconds since 1970; the only clock a function has. */
  now(): number
  plan(): Promise<Plan>
  /** All facts of each team, conflict-free, unordered. Teams without facts have an empty list. */
  factsOf(teams: readonly string[]): Promise<Map<string, Fact[]>>
  /** One fact, or null. */
  fact(id: string): Promise<Fact | null>
  /** A fact's attachment, or null. */
  attachment(fact: string, name: string): Promise<Uint8Array | null>
  teamNumbers(): Promise<string[]>
  teams(numbers: readonly string[]): Promise<Map<string, TeamDoc>>
  cards(numbers: readonly string[]): Promise<Map<string, Card>>
  /** Every card of the event, kept up to date in memory from the changes feed. */
  allCards(): Promise<ReadonlyMap<string, Card>>
  verdictsOf(teams: readonly string[]): Promise<Map<string, Verdict[]>>
  images(ids: readonly string[]): Promise<Map<string, ImageDoc>>
  /** Documents of `desk` by id, absent ones left out. */
  deskDocs(ids: readonly string[]): Promise<Map<string, Doc>>
  /** Ids of `desk` that begin so; read anew at each call. */
  deskIds(prefix: string): Promise<string[]>
  /** An attachment of a document of `desk`, or null. */
  deskAttachment(id: string, name: string): Promise<Uint8Array | null>
  /** Public keys of bibs by key id, base64url. */
  bibKeys(): Promise<Record<string, string>>
  /** What the QR of a bib says under each key that may have signed it. */
  bibTexts(bib: { number: string; issue: number }): Promise<string[]>
  /** Ids of `gate` that begin so; read anew at each call. */
  gateIds(prefix: string): Promise<string[]>
  /** Bytes from storage, or null. */
  stored(key: string): Promise<Uint8Array | null>
}

export type FunctionSpec = {
  /** Names its checkpoint, logs and parked items; never renamed once in use. */
  name: string
  /** What wakes it, by document type; never what it writes itself. */
  on: { log?: readonly string[]; desk?: readonly string[] }
  /** The units of work a change stands for; a batch of changes collapses to the set of its keys. */
  key(doc: ChangedDoc): string | readonly string[] | null
  /** The key whose work a standing document of such a place is, if it is this function's; for the sweep. */
  owns?(place: Place['kind'], id: string): string | null
  /** At most this many keys a call; 100 when absent. */
  slice?: number
  /** The next batch is read no sooner than this after the last was begun, so that what costs much runs seldom. */
  paceMs?: number
  /** After each database it rests so many times as long as that took: what can wait leaves the way to what cannot. */
  restFactor?: number
  /** At most this many databases are written at a time; 8 when absent. Few keep the others' way free. */
  databasesAtOnce?: number
  handle(keys: readonly string[], ctx: FunctionContext): Promise<Effect[]>
}

/** Gives a function its type; it does nothing else. */
export const defineFunction = (spec: FunctionSpec): FunctionSpec => spec
