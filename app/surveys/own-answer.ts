import type { AnswerFact } from '../../design-docs/facts.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import type { Reader } from '../pages/reader.ts'

/** What this device answered last, for the team on screen or for the person of the staff who is here; null: nothing. */
export function latestAnswer({ store, team }: Pick<Reader, 'store' | 'team'>, survey: SurveyDoc): AnswerFact | null {
  const me = store.session.who.value?.account
  const slug = survey._id.slice('survey:'.length)
  const isMine = (fact: AnswerFact) => (team ? fact.team === team.number : fact.team === undefined && fact.by === me)
  let latest: AnswerFact | null = null
  for (const fact of store.outbox.facts.value.values()) {
    if (fact.type !== 'answer' || fact.survey !== slug || !isMine(fact)) continue
    if (latest === null || fact.at > latest.at || (fact.at === latest.at && fact._id > latest._id)) latest = fact
  }
  return latest
}
