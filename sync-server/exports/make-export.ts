import { AppError } from '../../design-docs/errors.ts'
import type { ExportFile } from '../../design-docs/export-files.ts'
import type { CertificateTemplate, ExportQuery } from '../../design-docs/exports.ts'
import type { PaperFile } from '../../design-docs/papers.ts'
import type { PrintJob } from '../print/print-job.ts'
import { csvFile, unwritableIn } from './csv-file.ts'
import { checkpointsGeoJson, routesGeoJson } from './geojson-file.ts'
import { checkpointsGpx, routesGpx } from './gpx-file.ts'
import { htmlFile } from './html-file.ts'
import { iofCourses } from './iof-courses.ts'
import { iofResults } from './iof-results.ts'
import { paperOf, podium } from './paper.ts'
import { type PhotoSource, photosZip } from './photos-zip.ts'
import type { ResultSet } from './result-set.ts'
import type { Sheet } from './sheet.ts'
import { sheets } from './sheets.ts'
import { textPieces } from './text-pieces.ts'
import { xlsxFile } from './xlsx-file.ts'

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
type Options = Pick<ExportQuery, 'encoding' | 'unwritable' | 'top' | 'each'>
type Wanted = {
  options: Options
  /** What some files need beside the rows; asked for only by these. */
  print(job: PrintJob): Promise<Uint8Array>
  photos(): Promise<PhotoSource>
  certificate(): Promise<CertificateTemplate>
}
type Make = (set: ResultSet, wanted: Wanted) => Pieces | Promise<Pieces>

const asXlsx =
  (sheet: (set: ResultSet) => Sheet): Make =>
  (set) =>
    xlsxFile([sheet(set)], { timeZone: set.source.event.timeZone, nowMs: set.nowMs })

/** ZK-EXPORT-001 names what the encoding cannot say, before anything is sent. */
const asCsv =
  (sheet: (set: ResultSet, options: Options) => Sheet): Make =>
  (set, { options }) => {
    const { encoding, unwritable } = options
    const lost = encoding === 'shift-jis' && unwritable === 'refuse' ? unwritableIn(sheet(set, options)) : null
    if (lost) throw new AppError('ZK-EXPORT-001', { figures: lost })
    return csvFile(sheet(set, options), { encoding, timeZone: set.source.event.timeZone })
  }

const asText =
  (texts: (set: ResultSet) => Iterable<string>): Make =>
  (set) =>
    textPieces(texts(set))

const asPdf =
  (file: PaperFile): Make =>
  async (set, wanted) => [await wanted.print(await paperOf(set, file, wanted))]

const makers: Record<ExportFile, Make> = {
  'results.csv': asCsv(sheets.results),
  'results.xlsx': asXlsx(sheets.results),
  'checkins.csv': asCsv(sheets.checkins),
  'checkins.xlsx': asXlsx(sheets.checkins),
  'matrix.csv': asCsv(sheets.matrix),
  'matrix.xlsx': asXlsx(sheets.matrix),
  'legs.csv': asCsv(sheets.legs),
  'legs.xlsx': asXlsx(sheets.legs),
  'checkpoints.csv': asCsv(sheets.checkpoints),
  'checkpoints.xlsx': asXlsx(sheets.checkpoints),
  'results.xml': asText(iofResults),
  'results.html': asText(htmlFile),
  'results.pdf': asPdf('results.pdf'),
  'checkpoints.xml': asText(iofCourses),
  'checkpoints.gpx': asText(checkpointsGpx),
  'checkpoints.geojson': asText(checkpointsGeoJson),
  'routes.gpx': asText(routesGpx),
  'routes.geojson': asText(routesGeoJson),
  'awards.csv': asCsv((set, { top = podium }) => sheets.awards(set, top)),
  'awards.pdf': asPdf('awards.pdf'),
  'certificates.pdf': asPdf('certificates.pdf'),
  'photos.zip': async (set, { photos }) => photosZip(set, await photos()),
}

/** The bytes of a file, in pieces that are made while they are taken. */
export const makeExport = async (set: ResultSet, file: ExportFile, wanted: Wanted): Promise<Pieces> =>
  await makers[file](set, wanted)
