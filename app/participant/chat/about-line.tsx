import type { Verdict } from '../../../design-docs/derived.ts'
import { verdictId } from '../../../design-docs/ids.ts'
import { timeOf } from '../../i18n/format.ts'
import { words as common } from '../../i18n/participant-words.ts'
import { checkpointName } from '../checkpoint-name.ts'
import { useOwnTeam } from '../own-team.ts'
import { words } from './chat-words.ts'

/** The check-in that is asked about, with how it stands now and what the judge said. */
export function AboutLine({ checkin }: { checkin: string }) {
  const { store, number, card, checkpoints, timeZone } = useOwnTeam()
  const t = common.value
  const judged = number.value === null ? undefined : store.mirrors.team(number.value).docs.value.get(verdictId(checkin))
  const about =
    (judged as unknown as Verdict | undefined) ?? card.value?.checkpoints.find((row) => row.checkin === checkin)
  if (!about) return null
  const name = checkpointName(about.checkpoint, checkpoints.value)
  const parts = [
    words.value.askingOf(name, timeOf(about.at, timeZone.value)),
    t.statuses[about.status],
    about.comment ? t.checkpoints.judge(about.comment) : '',
  ]
  return <>{parts.filter(Boolean).join(t.listSeparator)}</>
}
