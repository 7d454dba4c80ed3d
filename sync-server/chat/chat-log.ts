import type { MessageDoc, ThreadDoc } from '../../design-docs/derived.ts'
import { sideOf } from '../../functions/rules/side-of.ts'
import { writeCsv } from '../results/write-csv.ts'
import { type LogLanguage, logWords } from './log-words.ts'

type Log = {
  threads: readonly ThreadDoc[]
  messages: readonly Omit<MessageDoc, '_rev'>[]
  language: LogLanguage
  /** IANA name of the event's. */
  timeZone: string
  teamName(team: string): string
  nameOf(account: string): string
}

/** Who said and did what in which thread when, as a table: what was taken back too, with when and by whom. */
export function chatLogOf({ threads, messages, language, timeZone, teamName, nameOf }: Log): string {
  const t = logWords[language]
  // Swedish writes times as tables sort them: 2026-05-03 10:00:00.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const time = (at: number | undefined) => (at === undefined ? '' : clock.format(at))
  const said = messages.map((one) => ({
    ...one,
    what: t.kinds[one.kind],
    read: one.readAt === undefined ? '' : `${time(one.readAt)} ${nameOf(one.readBy ?? '')}`,
    taken: one.takenBack ? `${time(one.takenBack.at)} ${nameOf(one.takenBack.by)}` : '',
  }))
  const done = threads.flatMap(({ team, handling }) =>
    handling.map(({ step, to, ...one }) => {
      const text = step === 'assign' ? (to === undefined ? t.nobody : nameOf(to)) : ''
      return { ...one, team, what: t.steps[step], text, about: undefined, read: '', taken: '' }
    }),
  )
  const lines = [...said, ...done].sort((one, other) => one.at - other.at || (one.fact < other.fact ? -1 : 1))
  const cells = lines.map(({ team, at, as, by, what, text, about = '', read, taken }) => {
    return [team, teamName(team), time(at), t.sides[sideOf(as)], nameOf(by), what, text, about, read, taken]
  })
  return writeCsv([t.headings, ...cells])
}
