/** Every file that results can be taken out as, with its type; the console's choices and the API's paths. */
export const exportFiles = {
  'results.csv': 'text/csv',
  'results.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'checkins.csv': 'text/csv',
  'checkins.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'matrix.csv': 'text/csv',
  'matrix.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'legs.csv': 'text/csv',
  'legs.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'checkpoints.csv': 'text/csv',
  'checkpoints.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'results.xml': 'application/xml',
  'results.html': 'text/html; charset=utf-8',
  'results.pdf': 'application/pdf',
  'checkpoints.xml': 'application/xml',
  'checkpoints.gpx': 'application/gpx+xml',
  'checkpoints.geojson': 'application/geo+json',
  'routes.gpx': 'application/gpx+xml',
  'routes.geojson': 'application/geo+json',
  'awards.csv': 'text/csv',
  'awards.pdf': 'application/pdf',
  'certificates.pdf': 'application/pdf',
  'photos.zip': 'application/zip',
} as const

export type ExportFile = keyof typeof exportFiles

export const exportNames = Object.keys(exportFiles) as ExportFile[]
