import type { Outgoing } from '../../design-docs/mail.ts'
import { mailRules } from './mail-rules.ts'

/** The mails that wait, in memory; the documents are the truth. */
export type MailQueue = {
  /** Everything there is, read anew; those in hand keep what is known of them. */
  replace(mails: readonly Outgoing[]): void
  set(mail: Outgoing): void
  delete(key: string): void
  /** What is due and in nobody's hand, in lines that do not wait for one another: first comes first within a line. */
  lines(now: number): Outgoing[][]
  /** How many are due and in nobody's hand. */
  due(now: number): number
  /** Takes a mail in hand, so that no one else does, until it is put down. */
  takeUp(key: string): void
  putDown(key: string): void
  isInHand(key: string): boolean
}

export function openQueue(): MailQueue {
  const mails = new Map<string, Outgoing>()
  const inHand = new Set<string>()
  const dueAt = (now: number) =>
    [...mails.values()].filter(({ key, state, nextAt }) => state === 'waiting' && nextAt <= now && !inHand.has(key))

  return {
    due: (now) => dueAt(now).length,
    replace(found) {
      const keys = new Set(found.map(({ key }) => key))
      for (const key of mails.keys()) if (!keys.has(key) && !inHand.has(key)) mails.delete(key)
      for (const mail of found) if (!inHand.has(mail.key)) mails.set(mail.key, mail)
    },
    set: (mail) => void mails.set(mail.key, mail),
    delete: (key) => void mails.delete(key),
    lines(now) {
      const due = dueAt(now)
      due.sort((one, other) => priorityOf(one) - priorityOf(other) || one.queuedAt - other.queuedAt)
      const lines = new Map<string, Outgoing[]>()
      for (const mail of due) {
        const name = mail.kind === 'test' ? `test ${mail.station}` : mail.kind
        const line = lines.get(name) ?? []
        line.push(mail)
        lines.set(name, line)
      }
      return [...lines.values()]
    },
    takeUp: (key) => void inHand.add(key),
    putDown: (key) => void inHand.delete(key),
    isInHand: (key) => inHand.has(key),
  }
}

const priorityOf = ({ kind }: Outgoing) => mailRules[kind].priority

/** The key in the id of an outgoing mail. */
export const keyOf = (id: string) => id.slice('outgoing:'.length)
