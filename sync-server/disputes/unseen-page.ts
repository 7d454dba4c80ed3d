import type { UnseenPage } from '../../design-docs/disputes.ts'
import { AppError } from '../../design-docs/errors.ts'
import { noticeId } from '../../design-docs/ids.ts'
import { isAddressed } from '../../functions/rules/notices.ts'
import { teamStateOf } from '../../functions/rules/team-state.ts'
import type { DeviceReport } from '../login/device-routes.ts'
import type { DeskView } from '../results/desk-view.ts'
import { phoneOf } from '../results/notice-rows.ts'
import { byNumber } from '../results/overview.ts'

/**
 * The phones that a notice is for and that have not shown it, and the teams of which no phone has: somebody has to tell
 * them. ZK-PLAN-004 when there is no such notice.
 */
export function unseenPageOf(view: DeskView, devices: readonly DeviceReport[], id: string): UnseenPage {
  const notice = view.notices.get(noticeId(id))
  if (!notice) throw new AppError('ZK-PLAN-004', { figures: { notice: id } })
  const phones = devices
    .filter(({ app, removed }) => app !== 'admin' && !removed)
    .map((device) => ({ device, ...phoneOf(device, view) }))
    .filter(({ listener }) => isAddressed(notice.audience, listener))
  const unseen = phones.filter(({ read }) => !read.has(id))
  const seenBy = new Set(phones.filter(({ read }) => read.has(id)).flatMap(teamsOf))
  const phonesOf = (team: string) => phones.filter((phone) => teamsOf(phone).includes(team)).length
  const teams = [...view.cards.values()].filter(({ team, classIds }) => {
    const listener = { role: 'participant' as const, teams: [{ number: team, classIds }] }
    return isAddressed(notice.audience, listener) && !seenBy.has(team)
  })
  return {
    phones: unseen.map(({ device: { device, name, holders, contact }, listener, have }) => {
      const [team] = listener.teams
      return {
        device,
        name,
        account: contact?.account ?? holders.at(-1)?.account ?? '',
        role: listener.role,
        ...(team && { team: team.number, teamName: view.teams.get(team.number)?.name ?? '' }),
        has: have.has(id),
        lastContactAt: contact?.at ?? null,
      }
    }),
    teams: teams
      .map((card) => ({ team: card.team, name: card.name, phones: phonesOf(card.team), state: teamStateOf(card) }))
      .sort((a, b) => byNumber(a.team, b.team)),
  }
}

const teamsOf = ({ listener }: ReturnType<typeof phoneOf>) => listener.teams.map(({ number }) => number)
