import { createHash, createHmac } from 'node:crypto'
import type { Fact, Redaction } from '../../design-docs/facts.ts'
import { forgottenTeam, forgottenTeamId } from '../../design-docs/forgetting.ts'
import { redactFact, withoutPeople } from '../../functions/rules/redact-fact.ts'
import { hashOf } from '../audit/link-line.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { PushedFact } from '../gateway/check-fact.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc } from '../login/office.ts'

/** Whether it is about a forgotten team: by its subject, or as a notice to such teams alone. */
export function isAboutForgotten(fact: Fact, gone: ReadonlySet<string>): boolean {
  if (fact.type === 'notice') {
    const teams = fact.audience.teams ?? []
    return teams.length > 0 && teams.every((team) => gone.has(team))
  }
  return fact.team !== undefined && gone.has(fact.team)
}

/** The mark of a redacted fact, which proves what it said to whoever has the fact and the installation's key. */
export function markOf(
  it: Pick<Installation, 'keys' | 'now'>,
  { _rev, ...fact }: Fact & { _rev: string },
  by: string,
): Redaction {
  const { _revisions, _attachments, ...said } = fact as Fact & { _revisions?: unknown; _attachments?: unknown }
  const was = createHmac('sha256', it.keys.hmac)
    .update(`forgotten-fact:${hashOf(said)}`)
    .digest('hex')
  return { at: it.now(), by, was, rev: _rev }
}

/**
 * Facts as they came, and in the stead of those that say something of people whose team is forgotten their redacted
 * form, as a second revision: the database knows the first one, which the device asks for, and has never had what it said.
 */
export function redactLate(
  it: Pick<Installation, 'keys' | 'now'>,
  facts: readonly PushedFact[],
  gone: ReadonlySet<string>,
): { whole: PushedFact[]; redacted: CouchDoc[] } {
  const whole: PushedFact[] = []
  const redacted: CouchDoc[] = []
  for (const fact of facts) {
    const bare = gone.size > 0 && isAboutForgotten(fact, gone) ? withoutPeople(fact) : null
    if (bare === null) whole.push(fact)
    else redacted.push(asSecond(redactFact(bare, markOf(it, fact, 'late')), fact._rev))
  }
  return { whole, redacted }
}

function asSecond(redacted: Fact, first: string): CouchDoc {
  const { _rev, _revisions, ...content } = redacted as Fact & { _revisions?: unknown }
  const hash = createHash('md5').update(JSON.stringify(content)).digest('hex')
  return { ...content, _rev: `2-${hash}`, _revisions: { start: 2, ids: [hash, first.slice(2)] } }
}

/** Counts what came late, for the proof. */
export async function countLate(
  it: Pick<Installation, 'office'>,
  event: string,
  facts: readonly CouchDoc[],
): Promise<void> {
  for (const [team, group] of Map.groupBy(facts, (fact) => String(fact.team ?? ''))) {
    await amendDoc(it.office, forgottenTeamId(event, team), {
      schema: forgottenTeam,
      change: (found) => found && { ...found, late: found.late + group.length },
    })
  }
}
