import { useEffect, useRef, useState } from 'preact/hooks'
import type { JobRow } from '../../../design-docs/jobs.ts'
import type { MakeScoreboards, ReportList, ReportRow } from '../../../design-docs/scoreboards.ts'
import type { Answer } from '../../store/http.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { useJobs } from '../jobs/use-jobs.ts'
import { scoreboardWords } from './scoreboard-words.ts'

const types = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
const scoreboardKind = 'scoreboards'
/** Scoreboards as they stand, of all teams or of one, kept up to date while one is made; and what can be done with them. */
export function useScoreboards(team?: string) {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const path = `${root}/scoreboards${team === undefined ? '' : `?team=${encodeURIComponent(team)}`}`
  const concerns = ({ cards }: { cards: string[] }) => (team === undefined ? cards.length > 0 : cards.includes(team))
  const loaded = useLoaded<ReportList>(path, { desk, live, concerns, gatherMs: 2000 })
  const [busy, setBusy] = useState(false)
  const jobs = useJobs(scoreboardKind)
  const made = jobs.rows.reduce((sum, { counts }) => sum + counts.done, 0)
  const shown = useRef(made)
  useEffect(() => {
    if (shown.current === made) return
    shown.current = made
    loaded.reload()
  }, [made])

  async function send(
    what: string,
    ask: Parameters<typeof desk.ask>[1],
  ): Promise<Extract<Answer, { kind: 'ok' }> | null> {
    setBusy(true)
    const answer = await desk.ask(root + what, ask)
    setBusy(false)
    loaded.reload()
    if (answer.kind === 'ok') return answer
    toast(problemOf(answer))
    return null
  }

  return {
    loaded,
    jobs,
    busy: busy || jobs.busy,
    async make(asked: MakeScoreboards): Promise<void> {
      const t = scoreboardWords.value
      const answer = await send('/scoreboards', { method: 'POST', json: asked, waitMs: 15_000 })
      if (!answer) return
      const { state, counts } = answer.body as JobRow
      toast(state !== 'done' ? t.started : counts.unchanged > 0 ? t.unchangedNow : t.madeNow)
    },
    /** A board is small; what all of them make together is saved by the browser itself. */
    async open({ team: number }: Pick<ReportRow, 'team'>, format: 'pdf' | 'xlsx'): Promise<void> {
      const answer = await send(`/scoreboards/${number}/${format}`, { binary: true, waitMs: 30_000 })
      const name = `${who.event}-${number}-scoreboard.${format}`
      if (answer) saveFile(answer.body as ArrayBuffer, { name, type: types[format] })
    },
  }
}
export type Scoreboards = ReturnType<typeof useScoreboards>

export function problemOf(answer: Exclude<Answer, { kind: 'ok' }>): string {
  const t = scoreboardWords.value
  return answer.kind === 'refused' ? `${answer.message} (${answer.code})` : t.offline
}
