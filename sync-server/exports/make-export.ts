import { AppError } from '../../design-docs/errors.ts'
import type { ExportFile } from '../../design-docs/export-files.ts'
import type { ExportQuery } from '../../design-docs/exports.ts'
import { csvFile, unwritableIn } from './csv-file.ts'
import type { ResultSet } from './result-set.ts'
import { sheets } from './sheets.ts'
import { xlsxFile } from './xlsx-file.ts'

type Parts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
type Asked = { file: ExportFile; asked: Pick<ExportQuery, 'encoding' | 'unwritable'> }

/** The bytes of a file, in pieces. ZK-EXPORT-001 names what the encoding cannot say, before anything is sent. */
export async function makeExport(set: ResultSet, { file, asked }: Asked): Promise<Parts> {
  const [name, format] = file.split('.') as [keyof typeof sheets, 'csv' | 'xlsx']
  const { timeZone } = set.source.event
  const sheet = sheets[name]
  if (format === 'xlsx') return xlsxFile([sheet(set)], { timeZone, nowMs: set.nowMs })
  if (asked.encoding === 'shift-jis' && asked.unwritable === 'refuse') {
    const lost = unwritableIn(sheet(set))
    if (lost) throw new AppError('ZK-EXPORT-001', { figures: lost })
  }
  return csvFile(sheet(set), { encoding: asked.encoding, timeZone })
}
