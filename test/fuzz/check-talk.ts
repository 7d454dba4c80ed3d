import type { Card, MessageDoc, ThreadDoc } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { TallyDoc } from '../../design-docs/surveys.ts'
import type { Kept } from './fuzz-phone.ts'
import { survey, teams } from './fuzz-server.ts'
import { same } from './same.ts'

type Docs = { kept: readonly Kept[]; voided: ReadonlySet<string>; desk: Map<string, Fact>; board: Map<string, Fact> }

/** An oracle of what was said, read, answered and declared, which knows nothing of the rules' code. */
export function checkTalk({ kept, voided, desk, board }: Docs): void {
  const facts = kept.map(({ fact }) => fact)
  const read = new Set(
    facts.flatMap((fact) =>
      fact.type === 'read' ? fact.messages.map((id) => `${fact.as === 'participant' ? 'team' : 'hq'} ${id}`) : [],
    ),
  )
  for (const team of teams) {
    const chats = facts.filter((fact) => fact.type === 'chat' && fact.team === team)
    const messages = [...desk].filter(([id]) => id.startsWith(`message:${team}:`))
    const seen = messages.map(([, doc]) => {
      const { fact, takenBack, readAt } = doc as unknown as MessageDoc
      return [fact, takenBack !== undefined, readAt !== undefined].join(' ')
    })
    const wanted = chats.map(({ _id, as }) => {
      const other = as === 'participant' ? 'hq' : 'team'
      return [_id, voided.has(_id), read.has(`${other} ${_id}`)].join(' ')
    })
    same(seen.sort(), wanted.sort(), `what was said in the thread of team ${team}, taken back and read`)
    const handled = facts.filter((fact) => fact.type === 'handling' && fact.team === team).length
    const thread = desk.get(`thread:${team}`) as unknown as ThreadDoc | undefined
    same(thread?.handling.length ?? 0, handled, `the steps taken with the thread of team ${team}`)
    checkDeclared(kept, { team, card: desk.get(`card:${team}`) as unknown as Card })
  }
  checkAnswers(kept, voided, desk.get(`tally:${survey}`) as unknown as TallyDoc | undefined)
  const pages = (docs: Map<string, Fact>) =>
    [...docs].flatMap(([id, doc]) =>
      id.startsWith('page:') ? [[id, JSON.stringify((doc as { title?: unknown }).title)]] : [],
    )
  same(pages(board), pages(desk), 'pages are shown as they were saved')
}

function checkDeclared(kept: readonly Kept[], { team, card }: { team: string; card: Card }): void {
  for (const kind of ['start', 'finish'] as const) {
    const said = kept.flatMap(({ fact, trueAt }) =>
      fact.type === 'timing' && fact.team === team && fact.kind === kind ? [{ is: fact.is, trueAt }] : [],
    )
    const last = said.sort((one, other) => one.trueAt - other.trueAt).at(-1)
    const found = kind === 'start' ? card.declared?.startAt : card.declared?.goalAt
    same(found, last?.is ?? undefined, `the ${kind} that was declared for team ${team}`)
  }
  const said = kept.some(({ fact }) => fact.type === 'back' && fact.team === team)
  const left = kept.some(({ fact }) => fact.type === 'retire' && fact.team === team)
  same(card.retired !== null, left, `team ${team} gave up`)
  if (!left || !said) return
  same(card.backAt !== undefined, true, `team ${team} is back`)
}

/** Each phone of a team answers for itself, staff as persons; the latest counts. */
function checkAnswers(kept: readonly Kept[], voided: ReadonlySet<string>, tally: TallyDoc | undefined): void {
  const given = kept.filter(({ fact }) => fact.type === 'answer' && !voided.has(fact._id))
  const byWhom = Map.groupBy(given, ({ fact }) => (fact.as === 'participant' ? fact.device : fact.by))
  same(tally?.answered ?? 0, byWhom.size, 'how many answered the survey')
  const counts = tally?.questions[0]?.counts ?? {}
  same(
    Object.values(counts).reduce((sum, one) => sum + one, 0),
    byWhom.size,
    'every answer is counted once',
  )
  // Which of two was the later one a clock that was set cannot tell.
  if (given.some(({ clock, trueAt }) => clock === 'tampered' || Number.isNaN(trueAt))) return
  const last = [...byWhom.values()].flatMap((all) => all.sort((a, b) => a.trueAt - b.trueAt).at(-1)?.fact ?? [])
  const yes = last.filter((fact) => fact.type === 'answer' && fact.answers.good === 'yes').length
  same(counts.yes ?? 0, yes, 'the latest answer of everybody counts')
}
