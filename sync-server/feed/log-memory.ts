import { factRange, subjectOf } from '../../design-docs/ids.ts'
import type { Change, Database, Stored } from '../couch/client.ts'
import { rememberSubjects } from './remember-subjects.ts'
import { seenChange } from './remembered.ts'

const maxFacts = 60_000
const idsAtOnce = 10_000

/** The facts of an event as functions ask for them. They never change, so what was read once is only added to. */
export type LogMemory = {
  factsOf(team: string): Promise<Stored[]>
  /** Every team that any fact is about, whether it has entered or not; sorted. */
  teams(): Promise<string[]>
  take(changes: readonly Change[]): void
  /** Reads the fact's team anew: someone has repaired the database by hand. */
  forget(fact: string): void
}

export function rememberLog(log: Database): LogMemory {
  const facts = rememberSubjects({ database: log, subjectOf, rangeOf: factRange, maxDocs: maxFacts })
  const subjects = new Set<string>()
  let subjectsRead: Promise<void> | undefined

  async function readSubjects(): Promise<void> {
    for (let startkey = ''; ; ) {
      const rows = await log.all({ startkey, limit: idsAtOnce })
      for (const row of rows) subjects.add(subjectOf(row.id))
      const last = rows.at(-1)
      if (!last || rows.length < idsAtOnce) return
      startkey = `${last.id}\0`
    }
  }

  return {
    factsOf: (team) => facts.of(team),
    async teams() {
      subjectsRead ??= readSubjects().catch((error) => {
        subjectsRead = undefined
        throw error
      })
      await subjectsRead
      return [...subjects].filter(isTeam).sort()
    },
    take(changes) {
      for (const change of changes) {
        subjects.add(subjectOf(change.id))
        facts.take(seenChange(change))
      }
    },
    forget: (fact) => facts.forget(fact),
  }
}

const isTeam = (subject: string) => /^[A-Z0-9]{1,12}$/.test(subject)
