import { expect, test } from 'vitest'
import * as phone from './phone-mutants.ts'
import { type Bend, runSeed } from './run-seed.ts'
import * as server from './server-mutants.ts'

/** Faults that were made on purpose, each by what it does wrong. State of a mutant begins anew with every seed. */
const mutants: Record<string, () => Bend> = {
  'an answer of ok is trusted, nothing is confirmed by id': () => ({ phone: phone.trustsOk }),
  'what a restored server lost is not sent again': () => ({ phone: phone.neverSendsAgain }),
  'a fact is acknowledged before it is written': () => ({ phone: phone.acknowledgesEarly }),
  'a refused fact is dropped': () => ({ phone: phone.dropsRefused }),
  'mirrors are not compared with a restored server': () => ({ phone: phone.neverCompares }),
  'the device’s clock is taken for the time': () => ({ phone: phone.trustsItsClock }),
  'a piece that arrived is taken for the whole photo': () => ({ phone: phone.takesPiecesForReceipts }),
  'originals are let go at the receipt': () => ({ phone: phone.letsGoAtReceipt }),
  'voids are ignored': () => ({ server: server.ignoresVoids() }),
  'facts are ordered by arrival': () => ({ server: server.ordersByArrival() }),
  'only what is new is counted': () => ({ server: server.countsOnlyNew() }),
  'a parked key is dropped': server.dropsParked,
  'the position is stored before what it lets go of': () => ({ server: server.positionFirst() }),
  'nothing is synced': () => ({ server: { durability: 'process' } }),
  'a moved check-in is lost': () => ({ server: server.losesMoves() }),
  'times that a judge declared are ignored': () => ({ server: server.ignoresDeclaredTimes() }),
  'a message that was taken back stays': () => ({ server: server.keepsWhatWasTakenBack() }),
  'nobody has read anything': () => ({ server: server.forgetsReading() }),
  'every answer to a survey is another person’s': () => ({ server: server.countsEveryAnswer() }),
  'nothing is handed out to teams': () => ({ server: server.handsNothingOut() }),
  'a page that was changed is not shared again': () => ({ server: server.sharesPagesOnce() }),
  'what was put into a file is taken for sent': () => ({ phone: phone.takesFilesForSent }),
  'nothing is shared with the phones': () => ({ server: server.sharesNothing() }),
}
/** Where a mutant died last time is tried first; without a line here, or when it lives there now, from seed 1 on. */
const diedAt: Record<string, number> = {
  'what a restored server lost is not sent again': 3,
  'mirrors are not compared with a restored server': 2,
  'a piece that arrived is taken for the whole photo': 2,
  'originals are let go at the receipt': 44,
  'voids are ignored': 3,
  'a parked key is dropped': 6,
  'the position is stored before what it lets go of': 4,
  'nothing is synced': 10,
  'a moved check-in is lost': 3,
  'times that a judge declared are ignored': 15,
  'a message that was taken back stays': 8,
  'nobody has read anything': 20,
  'every answer to a survey is another person’s': 6,
  'a page that was changed is not shared again': 8,
  'what was put into a file is taken for sent': 36,
}
/** As many seeds as the fuzz itself runs. */
const seeds = 200

test.for(Object.keys(mutants))('[FZ2] the fuzz finds it when %s', { timeout: 300_000 }, async (name) => {
  for (const seed of [diedAt[name] ?? 1, ...Array.from({ length: seeds }, (_, n) => n + 1)]) {
    const died = await runSeed(seed, { bend: mutants[name]?.() ?? {} }).then(
      () => null,
      (error: unknown) => String(error),
    )
    if (died === null) continue
    // It is the checks that must find it, not a crash of the mutant itself.
    expect(died.split('\n')[0]).not.toMatch(/TypeError|ReferenceError|is not a function/)
    console.log(`${name}: seed ${seed}: ${died.split('\n')[0]?.slice(0, 160)}`)
    return
  }
  throw new Error(`${seeds} seeds did not find it`)
})

test('[FZ3] a function that fails now and then is put right by trying again, and is no mutant', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= 3; seed++) await runSeed(seed, { bend: server.failsNowAndThen() })
})
