import { databaseName } from '../../design-docs/databases.ts'
import { card as cardSchema } from '../../design-docs/derived.ts'
import { reportId } from '../../design-docs/ids.ts'
import type { JobFile } from '../../design-docs/jobs.ts'
import { makeScoreboards, type Report, report as reportSchema } from '../../design-docs/scoreboards.ts'
import { type ZipEntry, zipFile } from '../exports/zip-file.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { mergePdf } from '../jobs/merge-pdf.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { byNumber } from '../results/overview.ts'
import { readBoardPlan } from './board-plan.ts'
import { type BoardDeps, makeBoard, pdfType } from './make-board.ts'

export const scoreboardJob = 'scoreboards'

/** Scoreboards of named teams or of all that have checked in anywhere, and what is put together of them. */
export function scoreboardKind(deps: BoardDeps): JobKind {
  const { it, storage } = deps
  return {
    name: scoreboardJob,
    async open({ event, asked, at, _id }) {
      const wish = makeScoreboards.parse(asked)
      const reprint = wish.reprint ? { reprintFrom: at } : {}
      const desk = it.couch.database(databaseName(event, 'desk'))
      const plan = await readBoardPlan(it.couch, event)

      /** Each as it stands, with its bytes; one that is replaced just now is read again. */
      async function* boards(teams: readonly string[], format: 'pdf' | 'xlsx', signal: AbortSignal) {
        for (const team of teams) {
          for (let tries = 0; tries < 3 && !signal.aborted; tries++) {
            const report = await readDoc(desk, reportId(team), reportSchema)
            const bytes = report && (await storage.get(report[format].storageKey))
            if (!bytes) continue
            yield { report, bytes }
            break
          }
        }
      }
      async function* pdfs(teams: readonly string[], signal: AbortSignal) {
        for await (const { bytes } of boards(teams, 'pdf', signal)) yield bytes
      }
      async function* files(teams: readonly string[], signal: AbortSignal): AsyncGenerator<ZipEntry> {
        for (const format of ['pdf', 'xlsx'] as const) {
          for await (const { report, bytes } of boards(teams, format, signal))
            yield { name: `${event}-scoreboards/${fileNameOf(report, format)}`, stored: bytes, atMs: report.madeAt }
        }
      }

      return {
        async keys() {
          if (wish.teams) return [...new Set(wish.teams)]
          const cards = await readDocs(desk, 'card', cardSchema)
          return cards.filter(({ checkins }) => checkins.total > 0).map(({ team }) => team)
        },
        work: (team) => makeBoard(deps, plan, { team, language: wish.language, ...reprint }),
        ...(wish.bundle && {
          async finish(keys: readonly string[], signal: AbortSignal): Promise<JobFile[]> {
            const teams = [...keys].sort(byNumber)
            if (teams.length === 0) return []
            const folder = `${event}/scoreboard/all/${_id.slice('job:'.length)}/`
            const store = async (name: string, contentType: string, chunks: AsyncIterable<Uint8Array>) => {
              const storageKey = folder + name
              return { name, storageKey, contentType, bytes: await storage.putStream(storageKey, chunks, contentType) }
            }
            return [
              await store(`${event}-scoreboards.pdf`, pdfType, mergePdf(pdfs(teams, signal))),
              await store(`${event}-scoreboards.zip`, 'application/zip', zipFile(files(teams, signal))),
            ]
          },
        }),
      }
    },
  }
}

export const fileNameOf = ({ event, team }: Pick<Report, 'event' | 'team'>, format: 'pdf' | 'xlsx') =>
  `${event}-${team}-scoreboard.${format}`
