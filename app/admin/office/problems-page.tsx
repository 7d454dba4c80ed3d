import { useEffect } from 'preact/hooks'
import type { ProblemRow } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { words as caseWords } from '../../i18n/case-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { postWords } from '../post/post-words.ts'
import { words as uploadWords } from '../uploads/upload-words.ts'
import { heldWords } from './held-words.ts'
import { Quarantine } from './quarantine.tsx'

/** What could not be settled by itself: parked work to be tried again, records that were refused. */
export function ProblemsPage() {
  const t = words.value.problems
  const { desk, live, who, overview } = useDesk()
  const loaded = useLoaded<{ problems: ProblemRow[] }>(`/api/events/${who.event}/problems`, {
    desk,
    live,
    concerns: () => true,
    gatherMs: 2000,
  })
  useEffect(() => {
    // Mails fail without a word in the feed.
    const timer = setInterval(loaded.reload, 10_000)
    return () => clearInterval(timer)
  }, [])
  const redrive = (id: string) => tryAgain('problems/redrive', { id })
  const retry = (key: string) => tryAgain('mails/retry', { key })
  const tryAgain = async (path: string, json: { id: string } | { key: string }) => {
    const answer = await desk.ask(`/api/events/${who.event}/${path}`, { method: 'POST', json })
    toast(answer.kind === 'ok' ? t.redriven : words.value.failed.other)
    loaded.reload()
    overview.reload()
  }
  return (
    <Page
      title={t.title}
      beside={
        <a class="button" href="/admin/cases">
          {caseWords.value.title}
        </a>
      }
    >
      {who.role === 'admin' ? <Quarantine /> : null}
      <Shown loaded={loaded}>
        {({ problems }) =>
          problems.length === 0 ? (
            <State icon="check" title={t.empty} text={t.emptyText} />
          ) : (
            <div class="stack">
              <p class="soft">{t.lead}</p>
              <Group
                title={postWords.value.failedStations}
                problems={problems.filter(({ kind }) => kind === 'station')}
              />
              <Group
                title={postWords.value.failedMails}
                problems={problems.filter(({ kind }) => kind === 'mail')}
                again={postWords.value.retry}
                onRedrive={(_id, key) => retry(key)}
              />
              <Group
                title={t.parked}
                problems={problems.filter(({ kind }) => kind === 'parked')}
                again={t.redrive}
                onRedrive={redrive}
              />
              <Group
                title={heldWords.value.title}
                text={heldWords.value.text}
                problems={problems.filter(({ kind }) => kind === 'picture').map(inWords)}
                again={heldWords.value.again}
                onRedrive={redrive}
              />
              <Group
                title={t.refused}
                text={t.refusedText}
                problems={problems.filter(({ kind }) => kind === 'refused')}
              />
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

/** What is wrong with a picture, and what the scanner called it. */
function inWords(row: ProblemRow): ProblemRow {
  const { states, problems } = heldWords.value
  const [problem = '', ...found] = row.error.split(': ')
  const said: Record<string, string> = { ...uploadWords.value.codes, ...problems }
  const where = (states as Record<string, string>)[row.where] ?? row.where
  return { ...row, where, error: [said[problem] ?? problem, ...found].join(': ') }
}

type PostKinds = (typeof postWords.value)['kinds']
type GroupProps = {
  title: string
  text?: string
  problems: readonly ProblemRow[]
  /** Called on its button `again`. */
  onRedrive?: (id: string, key: string) => Promise<void>
  again?: string
}

function Group({ title, text, problems, again, onRedrive }: GroupProps) {
  const t = words.value.problems
  const { overview, who } = useDesk()
  if (problems.length === 0) return null
  return (
    <section class="sheet stack">
      <h2>{title}</h2>
      {text ? <p class="soft">{text}</p> : null}
      <ul class="list">
        {problems.map(({ id, kind, where, key, error, at, tries }) => (
          <li key={id}>
            <div>
              <b>{kind === 'mail' ? (postWords.value.kinds[where as keyof PostKinds] ?? where) : where}</b>{' '}
              {kind === 'mail' ? null : <span class="digits">{key}</span>}
              <div class="problem-text">{error}</div>
              <div class="soft">
                {dayAndTime(at, overview.value?.event.timeZone)}・{t.tries(count(tries))}
              </div>
            </div>
            {onRedrive && who.role === 'admin' ? (
              <Button onClick={() => void onRedrive(id, key)}>{again}</Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
