import type { NoticeRow } from '../../design-docs/console.ts'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { byUrgency, isAddressed, noticeState } from '../../functions/rules/notices.ts'
import type { DeviceReport } from '../login/device-routes.ts'
import type { DeskView } from './desk-view.ts'

/**
 * Every notice, those that can be seen now first, each with the phones that it is for. A phone is a device that has a
 * mirror: a console reads nothing but the desk.
 */
export function noticeRowsOf(view: DeskView, devices: readonly DeviceReport[], nowMs: number): NoticeRow[] {
  const phones = devices.filter(({ app, removed }) => app !== 'admin' && !removed).map((one) => phoneOf(one, view))
  const isOut = (notice: NoticeDoc) => Number(noticeState(notice, nowMs) === 'out')
  const notices = [...view.notices.values()].sort((one, other) => isOut(other) - isOut(one) || byUrgency(one, other))
  return notices.map(({ _rev, ...notice }) => {
    const id = notice._id.slice('notice:'.length)
    const meant = phones.filter(({ listener }) => isAddressed(notice.audience, listener))
    const have = meant.filter((phone) => phone.have.has(id)).length
    const read = meant.filter((phone) => phone.read.has(id)).length
    return { notice, phones: { meant: meant.length, have, read } }
  })
}

/** Who holds a phone, and which notices it has and has shown. */
export function phoneOf({ holders, contact }: DeviceReport, view: DeskView) {
  const holder = holders.at(-1)
  const role = (contact?.as ?? holder?.as ?? 'staff') as Role
  const teams = (holder?.teams ?? []).map((number) => ({ number, classIds: view.cards.get(number)?.classIds ?? [] }))
  const { have = [], read = [] } = contact?.notices ?? {}
  return { listener: { role, teams }, have: new Set(have), read: new Set(read) }
}
