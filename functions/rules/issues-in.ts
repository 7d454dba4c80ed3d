import type { Fact } from '../../design-docs/facts.ts'

/** The highest issue that the form of a bib has room for. */
const highest = 999_999

/**
 * Every issue of the team's bib that was ever given out, in the order of numbers. Facts that were undone count too: their bib
 * may have been printed, and what it opened has to be found again to be taken away.
 */
export function issuesIn(team: string, facts: readonly Fact[]): number[] {
  const issues = new Set<number>()
  for (const fact of facts) {
    const issue = issueIn(team, fact)
    if (Number.isInteger(issue) && issue >= 1 && issue <= highest) issues.add(issue)
  }
  return [...issues].sort((one, other) => one - other)
}

function issueIn(team: string, fact: Fact): number {
  if (fact.type === 'entry') return fact.bibIssue
  if (fact.type === 'bind' && fact.bib === team) return fact.issue
  return fact.type === 'correction' && fact.field === 'bibIssue' ? Number(fact.is) : Number.NaN
}
