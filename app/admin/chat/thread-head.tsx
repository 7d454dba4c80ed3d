import type { ThreadPage } from '../../../design-docs/console.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './chat-words.ts'
import { useSaveLog } from './use-save-log.ts'

type Props = { page: ThreadPage; people: readonly { account: string; name: string }[] }

/** Whose thread it is, who looks after it, and whether it is done. */
export function ThreadHead({ page: { thread }, people }: Props) {
  const t = words.value
  const { who, decisions, nameOf } = useDesk()
  const saveLog = useSaveLog()
  const { team, teamName, assignee, state } = thread
  const handle = (what: { step: 'done' | 'reopen' } | { step: 'assign'; to?: string }) =>
    decisions.decide({ kind: 'handling', team, ...what })
  const give = (to: string) => handle(to === '' ? { step: 'assign' } : { step: 'assign', to })
  const known = people.some(({ account }) => account === assignee)
  const choices = assignee === null || known ? people : [...people, { account: assignee, name: nameOf(assignee) }]
  return (
    <header class="chat-head">
      <div class="row">
        <a class="button bare to-list" href="/admin/chat">
          <Icon name="back" />
          <span class="hidden-text">{t.toList}</span>
        </a>
        <h2 class="grow">
          <a href={`/admin/teams/${team}`}>
            <span class="digits">{team}</span> {teamName}
            <span class="hidden-text"> {t.toTeam}</span>
          </a>
        </h2>
        {state === 'done' ? <Pill tone="ok">{t.done}</Pill> : null}
      </div>
      <div class="row wrap">
        <label class="row">
          <span>{t.assignee}</span>
          <select value={assignee ?? ''} onChange={({ currentTarget }) => give(currentTarget.value)}>
            <option value="">{t.nobody}</option>
            {choices.map(({ account, name }) => (
              <option key={account} value={account}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {assignee === who.account ? null : <Button onClick={() => give(who.account)}>{t.take}</Button>}
        <Button onClick={() => handle({ step: state === 'done' ? 'reopen' : 'done' })}>
          {state === 'done' ? t.reopen : t.close}
        </Button>
        <Button onClick={() => void saveLog(team)}>{t.export}</Button>
      </div>
    </header>
  )
}
