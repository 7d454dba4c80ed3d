import { useState } from 'preact/hooks'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { words } from './agent-words.ts'

type Agent = { account: string; name: string; teams: string[] }
type MadeAgent = Agent & { secret: string }

/** Those who act for named teams by id and password: who they are, a further one, and the end of one. */
export function AgentsPart() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [made, setMade] = useState<MadeAgent | null>(null)
  const [removing, setRemoving] = useState<Agent | null>(null)
  const loaded = useLoaded<{ agents: Agent[] }>(`/api/events/${who.event}/agents`, {
    desk,
    live,
    concerns: () => false,
  })
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      <p class="soft">{t.text}</p>
      <Shown loaded={loaded}>
        {({ agents }) =>
          agents.length === 0 ? (
            <p class="soft">{t.none}</p>
          ) : (
            <ul class="list">
              {agents.map((agent) => (
                <li key={agent.account}>
                  <div class="grow">
                    <b>{agent.name}</b> <span class="digits">{agent.teams.join(' ')}</span>
                    <div class="soft digits">{agent.account}</div>
                  </div>
                  <Button onClick={() => setRemoving(agent)} aria-label={t.removeOf(agent.name)}>
                    {t.remove}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {made ? (
        <div class="notice stack">
          <h3>{t.made(made.name)}</h3>
          <Facts
            rows={[
              [t.id, <b class="digits">{made.account}</b>],
              [t.secret, <b class="digits">{made.secret}</b>],
            ]}
          />
          <p>{t.once}</p>
          <Button wide onClick={() => setMade(null)}>
            {t.done}
          </Button>
        </div>
      ) : (
        <Make
          onMade={(agent) => {
            setMade(agent)
            loaded.reload()
          }}
        />
      )}
      {removing ? (
        <Remove
          agent={removing}
          onClose={() => setRemoving(null)}
          onDone={() => {
            setRemoving(null)
            loaded.reload()
          }}
        />
      ) : null}
    </section>
  )
}

function Make({ onMade }: { onMade: (agent: MadeAgent) => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [name, setName] = useState('')
  const [teams, setTeams] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const numbers = teams
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,、]+/)
    .filter(Boolean)
  const make = async () => {
    if (name.trim() === '' || numbers.length === 0) return setProblem(t.needed)
    const json = { name: name.trim(), teams: numbers }
    const answer = await desk.ask(`/api/events/${who.event}/agents`, { method: 'POST', json })
    if (answer.kind === 'ok') return onMade(answer.body as MadeAgent)
    setProblem(answer.kind === 'refused' ? common.value.failed.otherText(answer.code) : common.value.failed.offline)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <Field label={t.name}>
        {(ids) => (
          <input {...ids} value={name} maxLength={120} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        )}
      </Field>
      <Field label={t.teams} hint={t.teamsHint} {...(problem ? { problem } : {})}>
        {(ids) => <input {...ids} value={teams} onInput={({ currentTarget }) => setTeams(currentTarget.value)} />}
      </Field>
      <Button type="submit" wide>
        {t.make}
      </Button>
    </form>
  )
}

type RemoveProps = { agent: Agent; onClose: () => void; onDone: () => void }

function Remove({ agent, onClose, onDone }: RemoveProps) {
  const t = words.value
  const { desk, who } = useDesk()
  const [failed, setFailed] = useState<string | null>(null)
  const remove = async () => {
    const path = `/api/events/${who.event}/agents/${encodeURIComponent(agent.account)}`
    const answer = await desk.ask(path, { method: 'DELETE' })
    if (answer.kind === 'ok') onDone()
    else setFailed(answer.kind === 'refused' ? common.value.failed.otherText(answer.code) : common.value.failed.offline)
  }
  return (
    <Dialog title={t.removeTitle(agent.name)} onClose={onClose}>
      <p>{t.removeText}</p>
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <Button kind="refuse" wide onClick={() => void remove()}>
        {t.remove}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {common.value.cancel}
      </Button>
    </Dialog>
  )
}
