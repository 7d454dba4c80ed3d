import { databaseName } from '../../design-docs/databases.ts'
import { type EntryForm, receipt } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { ulidTime } from '../../design-docs/ids.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { entryId } from '../setup/add-teams.ts'

/** Numbers in ids have so many digits that they sort as numbers. */
export const inId = (n: number | string) => String(n).padStart(7, '0')

/** Its draft was made of the number, not of a moment: it says nothing about the next one. */
const isChosenElsewhere = ({ draft }: { draft: string }) => ulidTime(draft) === 0

export type NumberClaims = {
  /** The next free receipt number of the event, which is the draft's from now on and no one else's ever. */
  claim(event: string, draft: string, form: Pick<EntryForm, 'firstNumber' | 'maxTeams'>): Promise<string>
  /** Makes a number that was chosen elsewhere the draft's; ZK-ENTRY-006 when it is another's. */
  take(event: string, draft: string, asked: { number: string; maxTeams: number | undefined }): Promise<string>
  /** The team's place is free again; its number is not. */
  free(event: string, number: string): Promise<void>
}

/**
 * Gives out receipt numbers. Each is claimed by creating a document, so that any number of requests and processes can do
 * it at once; numbers of teams that organizers have entered themselves are passed over. A number whose entry was then
 * not finished is a gap. How many teams there may be is counted in one process: several may let in one too many.
 */
export function numberClaims(it: Installation): NumberClaims {
  const next = new Map<string, number>()
  let turn: Promise<unknown> = Promise.resolve()

  const idsOf = (prefix: string) => it.office.all({ startkey: `${prefix}:`, endkey: `${prefix}:\ufff0` })

  async function demandPlace(event: string, maxTeams: number): Promise<void> {
    const [claimed, freed] = await Promise.all([idsOf(`receipt:${event}`), idsOf(`freed:${event}`)])
    if (claimed.length - freed.length >= maxTeams) throw new AppError('ZK-ENTRY-002')
  }

  async function nextNumber(event: string, firstNumber: number): Promise<number> {
    if (!next.has(event)) {
      const given = (await readDocs(it.office, `receipt:${event}`, receipt)).filter((one) => !isChosenElsewhere(one))
      const last = given.at(-1)?.number
      // Another request may have come to the same meanwhile.
      next.set(event, Math.max(Number(last ?? 0) + 1, next.get(event) ?? 0))
    }
    const n = Math.max(next.get(event) ?? 1, firstNumber)
    next.set(event, n + 1)
    return n
  }

  async function takeNumber(event: string, draft: string, number: string): Promise<string> {
    const _id = `receipt:${event}:${inId(number)}`
    if ((await it.office.put(receipt.parse({ _id, type: 'receipt', event, number, draft }) as CouchDoc)) !== null)
      return number
    const found = await readDoc(it.office, _id, receipt)
    if (found?.draft !== draft || found.number !== number) throw new AppError('ZK-ENTRY-006', { figures: { number } })
    return number
  }

  /** Where places are counted, one after the other. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return await mine
  }

  async function claimNext(event: string, draft: string, firstNumber: number): Promise<string> {
    for (;;) {
      const n = await nextNumber(event, firstNumber)
      const number = String(n)
      const doc = receipt.parse({ _id: `receipt:${event}:${inId(n)}`, type: 'receipt', event, number, draft })
      const log = it.couch.database(databaseName(event, 'log'))
      if ((await log.get(entryId(event, number))) !== null) continue
      if ((await it.office.put(doc as CouchDoc)) !== null) return number
    }
  }

  return {
    async claim(event, draft, { firstNumber, maxTeams }) {
      if (maxTeams === undefined) return await claimNext(event, draft, firstNumber)
      return await inTurn(async () => {
        await demandPlace(event, maxTeams)
        return await claimNext(event, draft, firstNumber)
      })
    },
    async take(event, draft, { number, maxTeams }) {
      return await inTurn(async () => {
        const mine = await readDoc(it.office, `receipt:${event}:${inId(number)}`, receipt)
        if (mine === null && maxTeams !== undefined) await demandPlace(event, maxTeams)
        return await takeNumber(event, draft, number)
      })
    },
    async free(event, number) {
      // A conflict: it was freed before.
      await it.office.put({ _id: `freed:${event}:${inId(number)}`, type: 'freed', event, number })
    },
  }
}
