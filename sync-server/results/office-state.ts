import type { DeviceRow, ProblemRow } from '../../design-docs/console.ts'
import { account } from '../../design-docs/office.ts'
import { parkedDoc } from '../../design-docs/runner-docs.ts'
import { standingRefusals } from '../gateway/refused-facts.ts'
import { listHeld } from '../images/held-pictures.ts'
import { type DeviceReport, listDevices } from '../login/device-routes.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import { mailProblems } from '../post/mail-problems.ts'

/** Devices of an event, those heard of last first; removed ones at the end. */
export async function devicesOf(it: Installation, event: string): Promise<DeviceRow[]> {
  const rows = (await listDevices(it, event)).map(toRow)
  return rows.sort((a, b) => Number(a.removed) - Number(b.removed) || (b.lastContactAt ?? 0) - (a.lastContactAt ?? 0))
}

function toRow({ device, name, app, holders, contact, removed }: DeviceReport): DeviceRow {
  const holder = holders.at(-1)
  return {
    id: device,
    name,
    app,
    account: contact?.account ?? holder?.account ?? '',
    role: contact?.as ?? (holder?.as as DeviceRow['role'] | undefined) ?? 'staff',
    version: contact?.version ?? '',
    lastContactAt: contact?.at ?? null,
    backlog: contact ? { facts: contact.unsent, photos: contact.photosUnsent } : null,
    // The device measures server minus device; a person asks how far the device is ahead.
    skewMs: contact?.clockOffsetMs == null ? null : -contact.clockOffsetMs,
    removed: removed !== undefined,
  }
}

/** Names of everyone ever invited to the event, by account. */
export async function peopleOf(it: Installation, event: string): Promise<Record<string, string>> {
  const accounts = (await readDocs(it.office, 'account', account)).filter((one) => one.event === event)
  return Object.fromEntries(accounts.map((one) => [one.account, one.name]))
}

/** What needs a person: parked work, refused records, mails that nobody took, stations that cannot send, pictures that are not shown; newest first. */
export async function problemsOf(it: Installation, event: string): Promise<ProblemRow[]> {
  const parked = (await readDocs(it.office, `parked:${event}`, parkedDoc)).filter(({ state }) => state === 'parked')
  const [refused, ofMails, held] = await Promise.all([
    standingRefusals(it, event),
    mailProblems(it, event),
    listHeld(it, event),
  ])
  const rows: ProblemRow[] = [
    ...ofMails,
    ...parked.map(({ _id, function: where, key, error, lastAt, tries }) => ({
      id: _id,
      kind: 'parked' as const,
      where,
      key,
      error,
      at: lastAt,
      tries,
    })),
    ...refused.map(({ _id, device, factId, code, at, times }) => ({
      id: _id,
      kind: 'refused' as const,
      where: device,
      key: factId,
      error: code,
      at,
      tries: times,
    })),
    ...held.map(({ _id, state, photo, sha256, problem, found, lastAt, tries }) => ({
      id: _id,
      kind: 'picture' as const,
      where: state,
      key: photo ?? sha256,
      error: found === undefined ? problem : `${problem}: ${found}`,
      at: lastAt,
      tries,
    })),
  ]
  return rows.sort((a, b) => b.at - a.at)
}
