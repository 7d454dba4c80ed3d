import type { DeviceRow, ProblemRow } from '../../design-docs/console.ts'
import type { Couch, Database } from '../couch/client.ts'
import type { Scanning } from '../images/admit-picture.ts'
import { type JobNews, jobNews } from '../jobs/job-news.ts'
import { bibTextOf } from '../login/bib-text.ts'
import { type DeviceReport, listDevices } from '../login/device-routes.ts'
import type { Installation } from '../login/installation.ts'
import { devicesOf, peopleOf, problemsOf } from './office-state.ts'
import { type Desks, openDesks } from './open-desks.ts'

/** What the console's routes need of the rest of the server. */
export type ConsoleDeps = {
  couch: Couch
  office: Database
  desks: Desks
  now(): number
  /** What pictures that are brought in are looked at by. */
  scanning: Scanning
  devices(event: string): Promise<DeviceRow[]>
  /** The same with all that they said of themselves. */
  deviceReports(event: string): Promise<DeviceReport[]>
  /** Names by account. */
  people(event: string): Promise<Record<string, string>>
  problems(event: string): Promise<ProblemRow[]>
  /** The text of a bib's QR, signed with the installation's key. */
  signBib(bib: { event: string; number: string; issue: number }): Promise<string>
  /** Offers a parked item to its function again; false when there is none of that id. */
  redrive(event: string, id: string): Promise<boolean>
  /** Work in the background, as it goes on. */
  jobs: JobNews
  /** How often an open feed says who looks at what; every 15 s when absent. */
  heartbeatMs?: number
}

/** The routes' needs out of an installation; `redrive` is the runner's. Stop the desks when the server stops. */
export const consoleDeps = (it: Installation, redrive: ConsoleDeps['redrive']): ConsoleDeps => ({
  couch: it.couch,
  office: it.office,
  desks: openDesks(it.couch),
  now: it.now,
  scanning: it,
  devices: (event) => devicesOf(it, event),
  deviceReports: (event) => listDevices(it, event),
  people: (event) => peopleOf(it, event),
  problems: (event) => problemsOf(it, event),
  signBib: (bib) => bibTextOf(it.keys, bib),
  jobs: jobNews(it),
  redrive,
})
