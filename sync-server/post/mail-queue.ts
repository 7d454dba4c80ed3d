import type { Outgoing } from '../../design-docs/mail.ts'
import { mailRules } from './mail-rules.ts'

/** The mails that wait, in memory; the documents are the truth. */
export type MailQueue = {
  /** To be called before mails are read: what is put down after that is known better here than what was read. */
  reading(): number
  /** Everything there is, as of that reading; those in hand keep what is known of them. */
  replace(mails: readonly Outgoing[], reading: number): void
  set(mail: Outgoing): void
  /** Whether this was in hand at that reading, or has been since. */
  isKnownSince(reading: number, key: string): boolean
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

/** No more are put down while all that wait are read; what lies further back is forgotten. */
const mostWhileRead = 10_000

export function openQueue(): MailQueue {
  const mails = new Map<string, Outgoing>()
  const inHand = new Set<string>()
  /** By key, at which count each was put down last. */
  const putDownAt = new Map<string, number>()
  let putDowns = 0
  const isKnownSince = (reading: number, key: string) => inHand.has(key) || (putDownAt.get(key) ?? 0) > reading
  const dueAt = (now: number) =>
    [...mails.values()].filter(({ key, state, nextAt }) => state === 'waiting' && nextAt <= now && !inHand.has(key))

  return {
    due: (now) => dueAt(now).length,
    reading: () => putDowns,
    isKnownSince,
    replace(found, reading) {
      const keys = new Set(found.map(({ key }) => key))
      for (const key of mails.keys()) if (!keys.has(key) && !isKnownSince(reading, key)) mails.delete(key)
      for (const mail of found) if (!isKnownSince(reading, mail.key)) mails.set(mail.key, mail)
      for (const [key, at] of putDownAt) if (at < reading - mostWhileRead) putDownAt.delete(key)
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
    putDown(key) {
      inHand.delete(key)
      putDownAt.set(key, ++putDowns)
    },
    isInHand: (key) => inHand.has(key),
  }
}

const priorityOf = ({ kind }: Outgoing) => mailRules[kind].priority

/** The key in the id of an outgoing mail. */
export const keyOf = (id: string) => id.slice('outgoing:'.length)
