import type { Caller } from '../../design-docs/access.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Couch } from '../couch/client.ts'
import type { Desks } from './open-desks.ts'

/** A phone or console as the installation knows it. */
export type DeviceState = {
  id: string
  name: string
  account: string
  role: Role
  app: string
  version: string
  lastContactAt: number | null
  /** Facts and photos it still holds, as it last said. */
  backlog: { facts: number; photos: number } | null
  /** Device clock minus server clock at its last contact. */
  skewMs: number | null
  removed: boolean
}

/** A piece of work that failed too often, or a document that was refused. */
export type Problem = {
  id: string
  kind: 'parked' | 'refused'
  /** The function that gave up, or the door that refused. */
  where: string
  key: string
  error: string
  at: number
  tries: number
}

/** What the console's routes need of the rest of the server. */
export type ConsoleDeps = {
  couch: Couch
  desks: Desks
  now(): number
  /** Who asks; throws ZK-AUTH-001 when the token is missing, false or run out. */
  authenticate(request: Request): Promise<Caller>
  devices(event: string): Promise<DeviceState[]>
  problems(event: string): Promise<Problem[]>
  /** Offers a parked item to its function again; false when there is none of that id. */
  redrive(event: string, id: string): Promise<boolean>
}
