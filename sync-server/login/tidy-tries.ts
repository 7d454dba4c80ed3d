import { passcode, tally } from '../../design-docs/sign-in.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from './installation.ts'
import { readDocs } from './office.ts'

const hourMs = 60 * 60_000

/**
 * Removes passcodes and counts that say nothing any more: somebody who makes numbers up leaves one of each for every
 * number. Answers how many went; one that is used this moment stays.
 */
export async function tidyTries({ office, now }: Pick<Installation, 'office' | 'now'>): Promise<number> {
  const before = now() - hourMs
  const [tallies, passcodes] = await Promise.all([
    readDocs(office, 'tally', tally),
    readDocs(office, 'passcode', passcode),
  ])
  const over = [
    ...tallies.filter(({ at }) => at.every((one) => one <= before)),
    ...passcodes.filter(({ expiresAt, askedAt }) => expiresAt <= before && askedAt.every((one) => one <= before)),
  ]
  const rows = await office.bulk(over.map(({ _id, _rev }): CouchDoc => ({ _id, _rev, _deleted: true })))
  return rows.filter(({ error }) => error === undefined).length
}
