import type { CargoHold, CargoOutcome } from './cargo.ts'
import type { Ledger } from './ledger.ts'
import type { Ports } from './ports.ts'

/**
 * Originals that the server has already, kept here a while longer: a server restored from a backup has lost those that
 * it received since. They go when their time or their room is over.
 */
export type KeptOriginals = {
  /** Asks for the one received last; when the server no longer has it, all of them count as unsent again. */
  askAgain(): Promise<CargoOutcome>
  /** Lets go of what is too old or too much, oldest first. */
  tidy(): Promise<void>
  /** Lets go of all of them, so that something new finds room; false when there was none. */
  letGoOfAll(): Promise<boolean>
}

type Parts = {
  cargo: Pick<CargoHold, 'crates' | 'askReceipt' | 'remove'>
  ledger: Pick<Ledger, 'receipts' | 'forgetReceipts'>
  storage: Ports['storage']
  /** Server time, milliseconds since 1970. */
  now(): number
}

/** Longer than any backup is likely to be old; photos of people are not to lie on phones for ever. */
const keptForMs = 3 * 24 * 3_600_000
const mebibyte = 1024 * 1024
const mostBytes = 200 * mebibyte
const mostOfQuota = 0.2
/** To be left free for what is new. */
const roomBytes = 100 * mebibyte
/** Where the browser does not tell, as iOS before 17. */
const unknownQuotaBytes = 50 * mebibyte

type Estimate = Awaited<ReturnType<Ports['storage']['estimate']>>

export function createKeptOriginals({ cargo, ledger, storage, now }: Parts): KeptOriginals {
  const kept = () =>
    [...ledger.receipts.value].flatMap(([photo, at]) => {
      const crate = cargo.crates.value.get(photo)
      return crate ? [{ photo, at, bytes: crate.bytes }] : []
    })
  const letGo = async (photos: readonly string[]): Promise<boolean> => {
    // The bytes first: without its receipt a photo would be asked about, without its bytes a receipt is of no use.
    await cargo.remove(photos)
    await ledger.forgetReceipts(photos)
    return photos.length > 0
  }

  return {
    async askAgain() {
      // Later receipts are lost before earlier ones, whatever the backup.
      const newest = kept().at(-1)
      if (!newest) return { kind: 'done' }
      const answer = await cargo.askReceipt(newest.photo)
      const isLost =
        answer.kind === 'ok'
          ? 'missing' in answer.receipt
          : answer.kind === 'refused' && !answer.code.startsWith('ZK-AUTH')
      if (isLost) await ledger.forgetReceipts([...ledger.receipts.value.keys()])
      return answer.kind === 'ok' || isLost ? { kind: 'done' } : answer
    },
    async tidy() {
      const all = kept()
      if (all.length === 0) return
      const bytes = all.reduce((sum, one) => sum + one.bytes, 0)
      let excess = bytes - allowedBytes(await storage.estimate(), bytes)
      const unwanted: string[] = []
      for (const one of all) {
        if (excess <= 0 && now() - one.at <= keptForMs) continue
        unwanted.push(one.photo)
        excess -= one.bytes
      }
      await letGo(unwanted)
    },
    letGoOfAll: () => letGo(kept().map(({ photo }) => photo)),
  }
}

/** How much of the browser's space they may take, `keptBytes` of which they take now. */
function allowedBytes({ freeBytes, quotaBytes }: Estimate, keptBytes: number): number {
  const share = quotaBytes === null ? unknownQuotaBytes : Math.min(mostBytes, quotaBytes * mostOfQuota)
  return freeBytes === null ? share : Math.min(share, freeBytes + keptBytes - roomBytes)
}
