import type { Verdict } from '../../design-docs/derived.ts'
import type { BatchDoc, BatchFile, UploadCode, UploadRow } from '../../design-docs/uploads.ts'
import { cameraOf } from './camera-of.ts'
import type { PlacedUpload } from './place-upload.ts'

/** What is known of a file beside itself. */
export type UploadFate = {
  batch: Pick<BatchDoc, 'clocks' | 'clock'>
  placed: PlacedUpload
  /** Null: not judged, or taken back since. */
  verdict: Verdict | null
  /** Its check-in is in the log. */
  isThere: boolean
  checkin: string | null
  /** Another team whose photo it is already. */
  sameOf: string | null
}

/** A file as it is shown: what became of it, or would, with the reasons and the figures behind them. */
export function uploadRow(file: BatchFile, fate: UploadFate): UploadRow {
  const { placed, verdict } = fate
  const { lacks, figures, ...where } = placed
  const { state, codes } = stateOf(file, fate)
  const isJudged = state === 'ready' || state === 'taken'
  return {
    sha256: file.sha256,
    paths: file.paths,
    bytes: file.bytes,
    contentType: file.contentType ?? null,
    hasPreview: file._attachments?.preview !== undefined,
    state,
    codes,
    figures: {
      ...figures,
      ...(isJudged && verdictFigures(verdict)),
      ...(codes.includes('same-photo') && { team: fate.sameOf ?? '' }),
    },
    ...where,
    camera: cameraOf(file.told),
    status: isJudged ? (verdict?.status ?? null) : null,
    points: isJudged ? (verdict?.points ?? 0) : 0,
    checkin: state === 'taken' ? fate.checkin : null,
  }
}

function stateOf(file: BatchFile, fate: UploadFate): Pick<UploadRow, 'state' | 'codes'> {
  const { batch, placed, sameOf, isThere } = fate
  if (file.problem) return { state: 'refused', codes: [file.problem] }
  if (file.taken || isThere) return { state: 'taken', codes: takenCodes(file, fate) }
  if (isClock(file, batch)) return { state: 'left', codes: ['clock-photo'] }
  if (file.choice.leave) return { state: 'left', codes: ['left-out'] }
  if (placed.lacks.length > 0) return { state: 'waiting', codes: placed.lacks }
  if (sameOf !== null && !file.choice.again) return { state: 'waiting', codes: ['same-photo'] }
  return { state: 'ready', codes: judgedCodes(fate.verdict) }
}

/** It only shows a clock, by which its camera's was measured. */
export const isClock = (
  { sha256 }: Pick<BatchFile, 'sha256'>,
  { clocks = [], clock }: Pick<BatchDoc, 'clocks' | 'clock'>,
): boolean => [...clocks, ...(clock ? [clock] : [])].some(({ file }) => file === sha256)

const takenCodes = (file: BatchFile, fate: UploadFate): UploadCode[] => {
  const before = file.taken ? file.taken.before : true
  return [...(before ? (['already-uploaded'] as const) : []), ...judgedCodes(fate.verdict)]
}

const judgedCodes = (verdict: Verdict | null): UploadCode[] => (verdict ? verdict.reasons : ['taken-back'])

const verdictFigures = (verdict: Verdict | null): Record<string, number> => ({
  ...verdict?.figures,
  ...(verdict?.distanceMeters !== undefined && { distanceMeters: verdict.distanceMeters }),
})
