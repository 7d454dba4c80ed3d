import type { ImageDoc, Verdict } from '../../design-docs/derived.ts'
import { pictureType } from '../../functions/rules/picture-type.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import type { Storage } from '../images/storage.ts'
import { csvFile } from './csv-file.ts'
import type { ResultSet } from './result-set.ts'
import { safeName } from './safe-name.ts'
import { timeText } from './sheet.ts'
import { sheetWords } from './sheet-words.ts'
import { type ZipEntry, zipFile } from './zip-file.ts'

/** A line of the manifest; `file` is null where the picture is not here, and `problem` says why. */
type Listed = {
  file: string | null
  photo: string
  team: string
  teamName: string
  checkpoint: string | null
  takenAt: string
  status: string | null
  /** `original` as it was taken, or `screen`, what was made of one that is no longer here. */
  form: 'original' | 'screen' | null
  bytes: number
}
export type PhotoSource = {
  images: Iterable<ImageDoc>
  verdicts: ReadonlyMap<string, Verdict>
  storage: Pick<Storage, 'get'>
  /** Where the originals of a team's photos are, by photo. */
  originalsOf(team: string): Promise<ReadonlyMap<string, string>>
}

/** The photos of the check-ins that are meant, one after the other, then what they are as `manifest.csv` and `manifest.json`. */
export const photosZip = (set: ResultSet, photos: PhotoSource): AsyncGenerator<Uint8Array> =>
  zipFile(entriesOf(set, photos))

async function* entriesOf(set: ResultSet, photos: PhotoSource): AsyncGenerator<ZipEntry> {
  const { images, verdicts, storage } = photos
  const { source, nowMs } = set
  const { timeZone } = source.event
  const meant = new Set([...set.checkins()].map(({ checkin }) => checkin))
  const listed: Listed[] = []
  let originals = { team: '', keys: new Map() as ReadonlyMap<string, string> }
  for (const image of [...images].filter((image) => isMeant(image, meant)).sort(byTeamAndTime)) {
    const verdict = verdicts.get(image.checkin!)
    const wallClock = timeText(image.takenAt, timeZone)
    const line: Listed = {
      file: null,
      photo: image.photo,
      team: image.team,
      teamName: source.cards.get(image.team)?.name ?? '',
      checkpoint: verdict?.checkpoint ?? null,
      takenAt: wallClock,
      status: verdict?.status ?? null,
      form: null,
      bytes: 0,
    }
    listed.push(line)
    if (originals.team !== image.team) originals = { team: image.team, keys: await photos.originalsOf(image.team) }
    const found = await pictureOf(image, storage, originals.keys.get(image.photo))
    if (!found) continue
    const folder = safeName(`${line.team} ${line.teamName}`)
    const time = wallClock.slice(11).replaceAll(':', '')
    // The end of a photo's id is random, so that two of one second keep apart.
    const name = `${folder}/${time} ${line.checkpoint ?? ''} ${image.photo.slice(-6)}.${found.extension}`
    Object.assign(line, { file: name, form: found.form, bytes: found.bytes.length })
    yield { name, atMs: Date.parse(`${wallClock.replace(' ', 'T')}Z`), stored: found.bytes }
  }
  yield { name: 'manifest.csv', atMs: nowMs, deflated: manifestCsv(set, listed) }
  yield { name: 'manifest.json', atMs: nowMs, deflated: [new TextEncoder().encode(JSON.stringify(listed, null, 1))] }
}

type TeamImage = ImageDoc & { team: string }
const isMeant = (image: ImageDoc, meant: ReadonlySet<string>): image is TeamImage =>
  image.team !== undefined && image.checkin !== undefined && meant.has(image.checkin)

const byTeamAndTime = (a: TeamImage, b: TeamImage) =>
  compareNumbers(a.team, b.team) || a.takenAt - b.takenAt || (a.photo < b.photo ? -1 : 1)

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/heic': 'heic' } as const

async function pictureOf({ sizes }: ImageDoc, storage: PhotoSource['storage'], originalKey: string | undefined) {
  const original = originalKey === undefined ? null : await storage.get(originalKey)
  const large = original ? null : sizes['1600']
  const bytes = original ?? (large ? await storage.get(large.storageKey) : null)
  const type = bytes && pictureType(bytes)
  if (!bytes || !type) return null
  return { bytes, extension: extensions[type], form: original ? ('original' as const) : ('screen' as const) }
}

function manifestCsv({ source, language }: ResultSet, listed: readonly Listed[]): Iterable<Uint8Array> {
  const t = sheetWords[language]
  const headings = ['file', 'number', 'team', 'checkpoint', 'time', 'status', 'photo'] as const
  const sheet = {
    name: t.names.photos,
    columns: headings.map((heading) => ({ heading: t.heads[heading], width: 20 })),
    rows: listed.map(({ file, team, teamName, checkpoint, takenAt, status, photo }) => {
      const verdict = status === null ? null : t.statuses[status as Verdict['status']]
      return [file, team, teamName, checkpoint, takenAt, verdict, photo]
    }),
  }
  return csvFile(sheet, { encoding: 'utf-8', timeZone: source.event.timeZone })
}
