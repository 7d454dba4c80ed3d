import type { MessageDoc, ThreadDoc } from '../../design-docs/derived.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import { threadId } from '../../design-docs/ids.ts'
import { sideOf } from './side-of.ts'

type Step = { fact: FactOf<'handling'>; at: number }

/** As much of a message as a list of threads shows. */
const glanceCharacters = 140

/**
 * How a thread stands at headquarters, from its messages and steps, oldest first; one of the two is not empty. What
 * nobody had read then was neither answered nor done with, however early its time: it came later.
 */
export function threadOf(messages: readonly MessageDoc[], steps: readonly Step[]): ThreadDoc {
  const { event, team } = (messages[0] ?? steps[0]?.fact)!
  const standing = messages.filter(({ takenBack }) => !takenBack)
  const ofTeam = standing.filter(({ as }) => sideOf(as) === 'team')
  const ofHeadquarters = standing.filter(({ as }) => sideOf(as) === 'headquarters')
  const replied = new Set(ofHeadquarters.map(({ replyTo }) => replyTo))
  const spokeAt = ofHeadquarters.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  const closing = steps.findLast(({ fact }) => fact.step !== 'assign')
  const doneAt = closing?.fact.step === 'done' ? closing.at : Number.NEGATIVE_INFINITY
  const readBy = ({ readAt }: MessageDoc, at: number) => readAt !== undefined && readAt <= at
  const unanswered = ofTeam.filter((one) => !replied.has(one.fact) && !readBy(one, spokeAt) && !readBy(one, doneAt))
  const last = standing.at(-1)
  return {
    _id: threadId(team),
    type: 'thread',
    event,
    team,
    messages: standing.length,
    unread: ofTeam.filter(({ readAt }) => readAt === undefined).length,
    unansweredSince: unanswered[0]?.at ?? null,
    state: closing?.fact.step === 'done' && ofTeam.every((one) => readBy(one, doneAt)) ? 'done' : 'open',
    assignee: steps.findLast(({ fact }) => fact.step === 'assign')?.fact.to ?? null,
    last: last ? { at: last.at, kind: last.kind, text: glance(last.text), by: last.by, as: last.as } : null,
    handling: steps.map(({ fact: { _id, by, as, step, to }, at }) => ({
      fact: _id,
      ...{ at, by, as, step },
      ...(to === undefined ? {} : { to }),
    })),
  }
}

/** Whole characters: half of an emoji is none. */
const glance = (text: string) => [...text].slice(0, glanceCharacters).join('')
