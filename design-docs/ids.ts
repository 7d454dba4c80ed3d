import type { FactType } from './facts.ts'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 26 characters that sort by time: 10 of `timeMs`, 16 of ten random bytes. https://github.com/ulid/spec */
export function ulid(timeMs: number, random: Uint8Array): string {
  let time = ''
  for (let rest = Math.floor(timeMs), i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    time = crockford[rest % 32] + time
  let bits = 0n
  for (const byte of random.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte)
  let tail = ''
  for (let i = 0; i < 16; i++, bits >>= 5n) tail = crockford[Number(bits & 31n)] + tail
  return time + tail
}

/** The time in a ulid, milliseconds since 1970. */
export function ulidTime(text: string): number {
  let time = 0
  for (const char of text.slice(0, 10)) time = time * 32 + crockford.indexOf(char)
  return time
}

/** The form of an event's code, here without zod for the page that asks for one. `zk:device:…` is no event's role. */
export const eventCodeForm = /^(?!device$)[a-z][a-z0-9]{0,19}$/

export const factId = (subject: string, type: FactType, ulidText: string) => `${subject}:${type}:${ulidText}`
export const subjectOf = (id: string) => id.slice(0, id.indexOf(':'))
export const factTypeOf = (id: string) => id.split(':')[1] as FactType | undefined

/** All ids that start with `<subject>:`, as startkey and endkey of `_all_docs` (`;` follows `:` in ASCII). */
export const factRange = (subject: string) => ({ startkey: `${subject}:`, endkey: `${subject};` })

export const personId = (account: string) => `person:${account}`
export const cardId = (team: string) => `card:${team}`
export const bibId = (team: string) => `bib:${team}`
export const outsideId = (team: string) => `outside:${team}`
export const reportId = (team: string) => `report:${team}`
export const teamId = (team: string) => `team:${team}`
export const verdictId = (checkin: string) => `verdict:${checkin}`
export const imageId = (photo: string) => `image:${photo}`
/** A palette is named by the photo that it was made of. */
export const paletteId = (photo: string) => `palette:${photo}`
export const palettePlanId = (photo: string) => `palette-plan:${photo}`
export const portraitId = (team: string) => `portrait:${team}`
/** In which palette's colours a photo is to be shown, and what came of it. */
export const recolourId = (photo: string) => `recolour:${photo}`
export const recolouredId = (photo: string) => `recoloured:${photo}`
export const checkpointId = (number: string) => `checkpoint:${number}`
export const noticeId = (ulidText: string) => `notice:${ulidText}`
export const messageId = (chat: string) => `message:${chat}`
export const threadId = (team: string) => `thread:${team}`
export const offerId = (ask: string) => `offer:${ask}`
export const pageId = (slug: string) => `page:${slug}`
export const surveyId = (slug: string) => `survey:${slug}`
export const tallyId = (survey: string) => `tally:${survey}`
export const answersId = (subject: string) => `answers:${subject}`
export const attendanceId = 'attendance'
export const rankingId = (classId: string) => `ranking:${classId}`
export const snapshotId = (ulidText: string) => `snapshot:${ulidText}`
export const publicationId = 'publication'
/** Stands for all classes together wherever a ranking is named by its class; no class can have this id. */
export const overallId = '_overall'
