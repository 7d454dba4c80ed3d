import type { EventRules } from '../../design-docs/plan.ts'
import type { BatchDoc, BatchFile, UploadRow, WaitingCode } from '../../design-docs/uploads.ts'
import { cameraOf } from './camera-of.ts'
import { isEnd, nearestCheckpoint } from './nearest-checkpoint.ts'
import { pictureTime } from './picture-time.ts'
import type { RulesPlan } from './rules-plan.ts'
import { teamInPath } from './team-in-path.ts'

/** Where, when and whose an uploaded photo is, as far as it or a person says; `lacks` is what a person must add. */
export type PlacedUpload = Pick<
  UploadRow,
  'team' | 'teamFrom' | 'checkpoint' | 'checkpointFrom' | 'at' | 'atFrom' | 'cameraAt' | 'position'
> & { lacks: WaitingCode[]; figures: Record<string, number | string> }

export type UploadWorld = {
  batch: Pick<BatchDoc, 'team' | 'clocks' | 'clock'>
  plan: RulesPlan
  /** Numbers of all teams. */
  teams: ReadonlySet<string>
}

/** A named checkpoint needs no position: the check-in then waits for a judge by the ordinary rules. */
export function placeUpload(file: Pick<BatchFile, 'paths' | 'told' | 'choice'>, world: UploadWorld): PlacedUpload {
  const parts = [whose(file, world), when(file, world), where(file, world)]
  const placed = Object.assign({}, ...parts) as Omit<PlacedUpload, 'lacks' | 'figures'>
  return {
    ...placed,
    lacks: parts.flatMap(({ lack }) => lack ?? []),
    figures: Object.assign({}, ...parts.map(({ figures }) => figures)),
  }
}

type Part<T> = T & { lack?: WaitingCode | undefined; figures?: Record<string, number | string> }

function whose(
  { paths, choice }: Pick<BatchFile, 'paths' | 'choice'>,
  { batch, teams }: UploadWorld,
): Part<Pick<UploadRow, 'team' | 'teamFrom'>> {
  const known = (team: string, teamFrom: 'choice' | 'batch') =>
    teams.has(team)
      ? { team, teamFrom }
      : { team: null, teamFrom: null, lack: 'unknown-team' as const, figures: { number: team } }
  if (choice.team) return known(choice.team, 'choice')
  const said = paths.map((path) => teamInPath(path, teams))
  const named = [...new Set(said.flatMap(({ team }) => team ?? []))]
  const isUnclear = named.length > 1 || said.some((one) => one.team === null && one.why === 'several')
  if (isUnclear) return { team: null, teamFrom: null, lack: 'two-teams', figures: { teams: named.join(' ') } }
  if (named[0] !== undefined) return { team: named[0], teamFrom: 'name' }
  return batch.team ? known(batch.team, 'batch') : { team: null, teamFrom: null, lack: 'no-team' }
}

function when(
  { told, choice }: Pick<BatchFile, 'told' | 'choice'>,
  { batch, plan }: UploadWorld,
): Part<Pick<UploadRow, 'at' | 'atFrom' | 'cameraAt'>> {
  const cameraAt = pictureTime(told, plan.event.timeZone)
  if (choice.at !== undefined) return { at: choice.at, atFrom: 'choice', cameraAt }
  if (cameraAt === null) return { at: null, atFrom: null, cameraAt, lack: 'no-time' }
  const clock = batch.clocks?.find(({ camera }) => camera === cameraOf(told)) ?? batch.clock
  return { at: cameraAt - (clock?.errorMs ?? 0), atFrom: 'camera', cameraAt }
}

function where(
  { told, choice }: Pick<BatchFile, 'told' | 'choice'>,
  { plan: { event, checkpoints } }: UploadWorld,
): Part<Pick<UploadRow, 'checkpoint' | 'checkpointFrom' | 'position'>> {
  const { lat, lng, accuracyMeters } = told
  const isPlaced = lat !== undefined && lng !== undefined
  const position = isPlaced ? { lat, lng, ...(accuracyMeters !== undefined && { accuracyMeters }) } : null
  if (choice.checkpoint) return { checkpoint: choice.checkpoint, checkpointFrom: 'choice', position }
  const none = { checkpoint: null, checkpointFrom: null, position }
  if (!position) return { ...none, lack: 'no-position' }
  return { ...none, ...atNearest(position, checkpoints.values(), event.rules) }
}

function atNearest(
  position: { lat: number; lng: number },
  checkpoints: Parameters<typeof nearestCheckpoint>[1],
  rules: EventRules,
): Part<Partial<Pick<UploadRow, 'checkpoint' | 'checkpointFrom'>>> {
  const near = nearestCheckpoint(position, checkpoints, rules)
  if (!near) return { lack: 'too-far' }
  const { checkpoint, distanceMeters, limitMeters, inside } = near
  const figures = { nearest: checkpoint.number, distanceMeters, limitMeters }
  if (!inside) return { lack: 'too-far', figures }
  if (isEnd(near)) return { lack: 'start-or-goal', figures }
  return { checkpoint: checkpoint.number, checkpointFrom: 'place', figures }
}
