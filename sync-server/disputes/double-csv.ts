import type { DoubleRow } from '../../design-docs/disputes.ts'
import { writeCsv } from '../results/write-csv.ts'

const headings = {
  en: {
    row: ['Kind', 'Team', 'Name', 'Seconds apart', 'Metres apart', 'km/h'],
    place: (n: number) => [`Place ${n}`, `Time ${n}`, `Device ${n}`, `Recorded by ${n}`, `Status ${n}`],
    kinds: { 'at-once': 'Two places at once', 'too-fast': 'Too fast' },
  },
  ja: {
    row: ['種類', 'チーム', 'チーム名', '間隔（秒）', '距離（m）', '時速（km/h）'],
    place: (n: number) => [`場所${n}`, `時刻${n}`, `端末${n}`, `記録者${n}`, `状態${n}`],
    kinds: { 'at-once': '同時に2か所', 'too-fast': '速すぎる移動' },
  },
} as const

type Words = { timeZone: string; language: 'ja' | 'en'; nameOf(account: string): string }

/** The report of double scans as a table, with time, place and device of both records. */
export function doubleCsvOf(rows: readonly DoubleRow[], { timeZone, language, nameOf }: Words): string {
  const t = headings[language]
  // Swedish writes times as tables sort them: 2026-05-03 10:00:00.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const record = ({ checkpoint, name, at, device, by, status }: DoubleRow['first']) => [
    name ? `${checkpoint} ${name[language]}` : checkpoint,
    clock.format(at),
    device,
    nameOf(by),
    status,
  ]
  const cells = rows.map(({ kind, team, teamName, first, second, apartMs, meters, speedKmh }) => [
    ...[t.kinds[kind], team, teamName, Math.round(apartMs / 1000), meters, speedKmh ?? ''],
    ...record(first),
    ...record(second),
  ])
  return writeCsv([[...t.row, ...t.place(1), ...t.place(2)], ...cells])
}
