import type { MessageDoc } from '../../design-docs/derived.ts'
import type { Protest, ProtestPage } from '../../design-docs/disputes.ts'
import { sideOf } from '../../functions/rules/side-of.ts'
import type { DeskView } from '../results/desk-view.ts'

/**
 * The questions of teams, the open ones first: about a decision where they name a check-in. One is answered once
 * headquarters replied to it, or wrote to the team after it without replying to something else, and done once its thread
 * is; what was asked after the window is listed as late.
 */
export function protestPageOf(view: DeskView, messages: readonly Omit<MessageDoc, '_rev'>[], now: number): ProtestPage {
  const until = view.event?.protestUntil ?? null
  const questions = messages.filter(
    ({ kind, as, takenBack }) => kind === 'question' && sideOf(as) === 'team' && !takenBack,
  )
  const protests = questions.map((one) => protestOf(view, one, { messages, until }))
  const weight = { open: 0, answered: 1, done: 2 }
  protests.sort((a, b) => weight[a.state] - weight[b.state] || a.at - b.at)
  return { now, until, protests }
}

type Asked = Omit<MessageDoc, '_rev'>

function protestOf(
  view: DeskView,
  asked: Asked,
  { messages, until }: { messages: readonly Asked[]; until: number | null },
): Protest {
  const { fact, team, at, text, by, about } = asked
  const answers = messages.filter(
    (one) =>
      one.team === team &&
      sideOf(one.as) !== 'team' &&
      !one.takenBack &&
      (one.replyTo === undefined ? one.at > at : one.replyTo === fact),
  )
  const isDone = view.threads.get(team)?.state === 'done'
  const verdict = about === undefined ? undefined : view.verdicts.get(about)
  return {
    ...{ fact, team, at, text, by },
    teamName: view.teams.get(team)?.name ?? '',
    late: until !== null && at > until,
    state: isDone ? 'done' : answers.length > 0 ? 'answered' : 'open',
    answers: answers.map((one) => ({ at: one.at, by: one.by, text: one.text })),
    about: verdict
      ? {
          checkin: verdict.checkin,
          checkpoint: verdict.checkpoint,
          status: verdict.status,
          ...(verdict.reviewedAt !== undefined && { reviewedAt: verdict.reviewedAt }),
          ...(verdict.reviewedBy !== undefined && { reviewedBy: verdict.reviewedBy }),
        }
      : null,
  }
}
