import type { UploadRow } from '../../design-docs/uploads.ts'
import { type Cell, writeCsv } from '../results/write-csv.ts'

const heads = {
  ja: [
    'ファイル',
    '状態',
    'コード',
    'チーム',
    'チェックポイント',
    '時刻',
    '判定',
    '点',
    '距離(m)',
    '緯度',
    '経度',
    '通過記録',
    'SHA-256',
  ],
  en: [
    'File',
    'State',
    'Codes',
    'Team',
    'Checkpoint',
    'Time',
    'Verdict',
    'Points',
    'Distance (m)',
    'Latitude',
    'Longitude',
    'Check-in',
    'SHA-256',
  ],
} as const
const states = {
  ja: { refused: '取り込めない', waiting: '確認待ち', left: '使わない', ready: '取り込み前', taken: '取り込み済み' },
  en: { refused: 'Refused', waiting: 'Needs a person', left: 'Left out', ready: 'Not taken yet', taken: 'Taken' },
} as const

/** One line for each name under which a file came, times as clocks of the event show them. */
export function batchCsv(
  rows: readonly UploadRow[],
  { language, timeZone }: { language: 'ja' | 'en'; timeZone: string },
): string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const lines = rows.flatMap((row) =>
    row.paths.map((path): Cell[] => [
      path,
      states[language][row.state],
      row.codes.join(' '),
      row.team ?? '',
      row.checkpoint ?? '',
      row.at === null ? '' : clock.format(row.at),
      row.status ?? '',
      row.points,
      row.figures.distanceMeters ?? '',
      row.position?.lat ?? '',
      row.position?.lng ?? '',
      row.checkin ?? '',
      row.sha256,
    ]),
  )
  return writeCsv([heads[language], ...lines])
}
