import { useEffect, useState } from 'preact/hooks'
import type { JobRow } from '../../../design-docs/jobs.ts'
import type { MadeLink, MakeScoreboards, ReportList, ReportRow } from '../../../design-docs/scoreboards.ts'
import type { Answer } from '../../store/http.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { scoreboardWords } from './scoreboard-words.ts'

const types = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
/** A job says how far it is only when it is asked; between two jobs somebody else may start one. */
const underWayMs = 1000
const idleMs = 10_000

export const isUnderWay = ({ state }: JobRow) => state === 'waiting' || state === 'running' || state === 'finishing'

/** Scoreboards as they stand, of all teams or of one, kept up to date while one is made; and what can be done with them. */
export function useScoreboards(team?: string) {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const path = `${root}/scoreboards${team === undefined ? '' : `?team=${encodeURIComponent(team)}`}`
  const concerns = ({ cards }: { cards: string[] }) => (team === undefined ? cards.length > 0 : cards.includes(team))
  const loaded = useLoaded<ReportList>(path, { desk, live, concerns, gatherMs: 2000 })
  const [busy, setBusy] = useState(false)
  const isActive = loaded.value?.jobs.some(isUnderWay) ?? false
  useEffect(() => {
    const timer = setInterval(loaded.reload, isActive ? underWayMs : idleMs)
    return () => clearInterval(timer)
  }, [isActive, path])

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
    busy,
    async make(asked: MakeScoreboards): Promise<void> {
      const t = scoreboardWords.value
      const answer = await send('/scoreboards', { method: 'POST', json: asked, waitMs: 15_000 })
      if (!answer) return
      const { state, counts } = answer.body as JobRow
      toast(state !== 'done' ? t.started : counts.unchanged > 0 ? t.unchangedNow : t.madeNow)
    },
    async change(job: JobRow, step: 'cancel' | 'redrive'): Promise<void> {
      await send(`/jobs/${job.id}/${step}`, { method: 'POST' })
    },
    /** A board is small; what all of them make together is saved by the browser itself. */
    async open({ team: number }: Pick<ReportRow, 'team'>, format: 'pdf' | 'xlsx'): Promise<void> {
      const answer = await send(`/scoreboards/${number}/${format}`, { binary: true, waitMs: 30_000 })
      const name = `${who.event}-${number}-scoreboard.${format}`
      if (answer) saveFile(answer.body as ArrayBuffer, { name, type: types[format] })
    },
    async save(job: JobRow, file: number): Promise<void> {
      const answer = await send(`/jobs/${job.id}/files/${file}`, { method: 'POST' })
      if (answer) location.assign((answer.body as MadeLink).link)
    },
  }
}
export type Scoreboards = ReturnType<typeof useScoreboards>

export function problemOf(answer: Exclude<Answer, { kind: 'ok' }>): string {
  const t = scoreboardWords.value
  return answer.kind === 'refused' ? `${answer.message} (${answer.code})` : t.offline
}
