import type { MessageDoc } from '../../design-docs/derived.ts'
import { foldName } from '../../functions/rules/fold-name.ts'

/** Teams in whose thread each of these words was said by someone, however it was typed. */
export function teamsWhoseThreadSays(
  messages: readonly Pick<MessageDoc, 'team' | 'text'>[],
  words: string,
): Set<string> {
  const wanted = words.split(/\s+/).map(foldName).filter(Boolean)
  const texts = Map.groupBy(messages, ({ team }) => team)
  const says = (said: readonly { text: string }[]) => {
    const text = foldName(said.map(({ text }) => text).join(' '))
    return wanted.every((word) => text.includes(word))
  }
  return new Set([...texts].flatMap(([team, said]) => (says(said) ? [team] : [])))
}
