import { rm } from 'node:fs/promises'
import type { DeviceClock } from '../store/support/memory-ports.ts'
import { step, type World } from './actions.ts'
import { check, heal } from './check.ts'
import { type FuzzPhone, openFuzzPhone } from './fuzz-phone.ts'
import { newRoot, openFuzzServer } from './fuzz-server.ts'
import { fuzzedFunctions } from './fuzzed-functions.ts'
import { startKilledServer } from './killed-server.ts'
import { createRandom } from './random.ts'

const names = ['staff0', 'staff1', 'judge2']
const shifts = [1, 2, 3, 4, 5, 6, 7, 8]

/**
 * The same fuzz against the product as a process, killed with `kill -9` while phones are talking to it. In the end its
 * data is opened here, healed and checked like any other. Time is real, so a seed gives the same acts, not the same race.
 */
export async function runKilledSeed(seed: number, { steps = 24, kills = 2 } = {}): Promise<void> {
  const random = createRandom(seed)
  const root = await newRoot()
  const killed = await startKilledServer(
    root,
    names.flatMap((name) => shifts.map((shift) => `${name}-${shift}`)),
  )
  const phones: FuzzPhone[] = []
  const world: World = { server: killed, phones, random, pass: () => {} }
  const happened: string[] = []
  try {
    for (const name of names) {
      const role = name === 'judge2' ? 'judge' : 'staff'
      const server: World['server'] = {
        ...killed,
        send: (url, init) => world.server.send(url, init),
        invite: (...given) => world.server.invite(...given),
      }
      const phone = await openFuzzPhone({ name, role, teams: [], server, random, bend: {} })
      runByRealTime(phone.device.clock)
      phones.push(phone)
      await phone.signIn(`${name}-1`)
    }
    for (let i = 1; i <= steps; i++) {
      happened.push(await step(world))
      if (i % Math.floor(steps / kills) !== 0) continue
      const rounds = phones.map((phone) => phone.store.sync())
      for (let turns = random.below(40); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
      await killed.kill()
      happened.push('killed')
      await Promise.all(rounds)
      await killed.start()
    }
    await killed.kill()
    const server = await openFuzzServer({ functions: fuzzedFunctions }, root)
    try {
      const healed = {
        ...world,
        server,
        pass(ms: number) {
          server.clock.advance(ms)
          for (const { device } of phones) device.clock.advance(ms)
        },
      }
      world.server = server
      await heal(healed)
      await check(healed)
    } finally {
      for (const phone of phones) await phone.close().catch(() => undefined)
      await server.close()
    }
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n  ${happened.join('\n  ')}`,
      { cause: error },
    )
  } finally {
    await killed.kill()
    await rm(root, { recursive: true, force: true })
  }
}

/** The device's clocks go with the machine's, as far apart as they were. */
function runByRealTime(clock: DeviceClock): void {
  let skewMs = clock.wallMs - Date.now()
  let bootedMs = performance.now() - clock.monotonicMs
  Object.defineProperties(clock, {
    wallMs: {
      get: () => Date.now() + skewMs,
      set: (wallMs: number) => {
        skewMs = wallMs - Date.now()
      },
    },
    monotonicMs: {
      get: () => performance.now() - bootedMs,
      set: (ms: number) => {
        bootedMs = performance.now() - ms
      },
    },
  })
}
