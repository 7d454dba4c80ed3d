import { databaseName } from '../../design-docs/databases.ts'
import type { ImageDoc, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factRange } from '../../design-docs/ids.ts'
import type { BatchDoc, BatchFile, UploadRow } from '../../design-docs/uploads.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { type PlacedUpload, placeUpload } from '../../functions/rules/place-upload.ts'
import { isClock, uploadRow } from '../../functions/rules/upload-row.ts'
import type { Couch } from '../couch/client.ts'
import { inParallel } from '../feed/in-parallel.ts'
import { readPlan } from '../results/save-plan.ts'
import { deskOf, type OfBatch, readBatch, readFiles } from './batches.ts'
import { isWhole, type UploadFacts, uploadFacts, uploadIds, type Writing, withUploads } from './upload-facts.ts'

export type BatchRows = {
  batch: BatchDoc
  rows: UploadRow[]
  files: Map<string, BatchFile>
  placed: Map<string, PlacedUpload>
}
export type RowWorld = { couch: Couch; images: Iterable<ImageDoc>; writing: Writing }

/**
 * Every file of a batch with what became or would become of it. The facts that would come are judged together with
 * those that are there by the very rules that judge them later, so that nothing is foreseen wrongly.
 */
export async function batchRows({ couch, images, writing }: RowWorld, of: OfBatch): Promise<BatchRows> {
  const [batch, files, plan, teams] = await Promise.all([
    readBatch(couch, of),
    readFiles(couch, of),
    readPlan(couch, of.event),
    teamNumbers(couch, of.event),
  ])
  const placed = new Map(files.map((file) => [file.sha256, placeUpload(file, { batch, plan, teams })]))
  const elsewhere = teamsBySha(images, new Set(placed.keys()))
  const judged = files.map((file) => {
    const place = placed.get(file.sha256)!
    const team = file.taken?.team ?? place.team
    const checkin = file.taken?.checkin ?? (team ? uploadIds(of.event, team, file.sha256).checkin : null)
    const others = [...(elsewhere.get(file.sha256) ?? [])].filter((other) => other !== team)
    return { file, placed: place, team, checkin, sameOf: others[0] ?? null }
  })
  const coming = judged.flatMap(({ file, placed: place, sameOf }): UploadFacts[] => {
    const isOut = file.problem || file.taken || file.choice.leave || isClock(file, batch)
    if (isOut || (sameOf !== null && !file.choice.again) || !isWhole(place)) return []
    return [uploadFacts(file, place, writing)]
  })
  const wanted = [...new Set(judged.flatMap(({ team }) => team ?? []))]
  const { verdicts, there } = await judgeTeams(couch, of.event, { teams: wanted, coming: coming.flat(), plan })
  const rows = judged.map(({ file, checkin, ...rest }) => {
    const verdict = checkin ? (verdicts.get(checkin) ?? null) : null
    const fate = { ...rest, batch, verdict, checkin, isThere: checkin !== null && there.has(checkin) }
    return uploadRow(file, fate)
  })
  return { batch, rows, files: new Map(files.map((file) => [file.sha256, file])), placed }
}

async function teamNumbers(couch: Couch, event: string): Promise<Set<string>> {
  const rows = await deskOf(couch, event).all({ startkey: 'team:', endkey: 'team;' })
  return new Set(rows.map(({ id }) => id.slice('team:'.length)))
}

async function judgeTeams(
  couch: Couch,
  event: string,
  {
    teams,
    coming,
    plan,
  }: { teams: readonly string[]; coming: readonly Fact[]; plan: Awaited<ReturnType<typeof readPlan>> },
): Promise<{ verdicts: Map<string, Verdict>; there: Set<string> }> {
  const log = couch.database(databaseName(event, 'log'))
  const byTeam = Map.groupBy(coming, ({ team }) => team)
  const verdicts = new Map<string, Verdict>()
  const there = new Set<string>()
  await inParallel(teams, 8, async (team) => {
    const rows = await log.all({ ...factRange(team), includeDocs: true })
    const facts = rows.flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
    for (const { _id, type } of facts) if (type === 'checkin') there.add(_id)
    const { verdicts: all } = outcome(withUploads(facts, byTeam.get(team) ?? []), plan)
    for (const verdict of all) verdicts.set(verdict.checkin, verdict)
  })
  return { verdicts, there }
}

/** Which teams have a photo of these contents, by phone or by upload. */
function teamsBySha(images: Iterable<ImageDoc>, wanted: ReadonlySet<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { sha256, team } of images) {
    if (sha256 === undefined || team === undefined || !wanted.has(sha256)) continue
    found.set(sha256, (found.get(sha256) ?? new Set()).add(team))
  }
  return found
}
