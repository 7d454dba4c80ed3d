import type { MailKind } from '../../design-docs/mail.ts'

export type MailRule = {
  /** Lower goes first. */
  priority: number
  /** May use the connection that each station keeps free, and stations on standby before the active ones are full. */
  isUrgent: boolean
  /** How long it rests after its first refusal; each further one doubles it. */
  firstPauseMs: number
  /** How much of a station's budgets it may use up: a mailing to everyone leaves some for those who sign in. */
  budgetShare: number
}

/** How each kind of mail is treated. */
export const mailRules: Record<MailKind, MailRule> = {
  passcode: { priority: 0, isUrgent: true, firstPauseMs: 500, budgetShare: 1 },
  test: { priority: 1, isUrgent: true, firstPauseMs: 1000, budgetShare: 1 },
  notice: { priority: 2, isUrgent: true, firstPauseMs: 15_000, budgetShare: 1 },
  application: { priority: 3, isUrgent: false, firstPauseMs: 15_000, budgetShare: 1 },
  reply: { priority: 3, isUrgent: false, firstPauseMs: 15_000, budgetShare: 1 },
  mailing: { priority: 4, isUrgent: false, firstPauseMs: 60_000, budgetShare: 0.8 },
}

const longestPauseMs = 60 * 60_000
/** Some nine hours of trying. */
export const mostTries = 16

/** How long a mail rests that has been refused so many times. */
export const pauseMsAfter = (kind: MailKind, tries: number) =>
  Math.min(mailRules[kind].firstPauseMs * 2 ** Math.max(0, tries - 1), longestPauseMs)
