import type { CaseAnswer, CaseRow } from '../../design-docs/cases.ts'
import { errorCase } from '../../design-docs/kept-aside.ts'
import { type Device, device as deviceSchema } from '../../design-docs/office.ts'
import { parkedDoc } from '../../design-docs/runner-docs.ts'
import { standingRefusals } from '../gateway/refused-facts.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'

export type Asked = { event: string; number: string; code: string }
const shownAtMost = 100

/**
 * What is known of a number and a code that somebody reads out: errors they were shown, records of theirs that were
 * turned away, work about them that failed too often. Either may be empty; both empty is everything, the newest first.
 */
export async function findCases(it: Installation, { event, number, code }: Asked): Promise<CaseAnswer> {
  const devices = (await readDocs(it.office, 'device', deviceSchema)).filter((one) => one.event === event)
  const [cases, refused, parked] = await Promise.all([
    readDocs(it.office, `case:${event}`, errorCase),
    standingRefusals(it, event),
    readDocs(it.office, `parked:${event}`, parkedDoc),
  ])
  const own = new Set(devices.filter((device) => isOf(device, event, number)).map(({ device }) => device))
  const names = new Map(devices.map(({ device, name }) => [device, name]))
  const concerns = (device: string | undefined, numbers: readonly string[]) =>
    number === '' || numbers.includes(number) || (device !== undefined && own.has(device))
  const fits = (one: string) => code === '' || one === code

  const rows: CaseRow[] = [
    ...cases
      .filter((one) => fits(one.code) && concerns(one.device, one.numbers))
      .map(({ _id, _rev, type, event: _, ...shown }) => ({ kind: 'error' as const, id: _id, ...shown })),
    ...refused
      .filter((one) => fits(one.code) && concerns(one.device, [subject(one.factId)]))
      .map(({ _id, code, device, account, factId, firstAt, at, times }) => ({
        kind: 'record' as const,
        id: _id,
        code,
        device,
        account,
        about: factId,
        numbers: [subject(factId)],
        figures: {},
        firstAt,
        at,
        times,
      })),
    ...parked
      .filter(({ state, error }) => state === 'parked' && (code === '' || error.includes(code)))
      .filter(({ key }) => number === '' || key === number || key.split(':').includes(number))
      .map(({ _id, function: route, key, error, lastAt, tries }) => ({
        kind: 'parked' as const,
        id: _id,
        code: /ZK-[A-Z]+-\d{3}/.exec(error)?.[0] ?? '',
        route,
        about: key,
        numbers: [],
        figures: { error: error.slice(0, 200) },
        firstAt: lastAt,
        at: lastAt,
        times: tries,
      })),
  ]
  const named = rows.map((row) => ({ ...row, ...(row.device ? { deviceName: names.get(row.device) ?? '' } : {}) }))
  return { code, cases: named.sort((a, b) => b.at - a.at).slice(0, shownAtMost) }
}

const isOf = ({ grants }: Device, event: string, number: string) =>
  grants.some((grant) => grant.event === event && grant.teams.includes(number))
const subject = (factId: string) => factId.split(':')[0] ?? ''
