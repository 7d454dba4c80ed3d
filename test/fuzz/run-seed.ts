import { crashAtPosition, step } from './actions.ts'
import { check, heal, type World } from './check.ts'
import { type FuzzPhone, openFuzzPhone, type PhoneBend } from './fuzz-phone.ts'
import { openFuzzServer, type ServerBend, teams } from './fuzz-server.ts'
import { fuzzedFunctions } from './fuzzed-functions.ts'
import { createRandom } from './random.ts'

/** A fault put in on purpose; the fuzz must find it. */
export type Bend = {
  server?: Partial<ServerBend>
  phone?: PhoneBend
  /** The world is about to be healed; what fails now and then stops failing. */
  onHeal?(): void
}
export type SeedOptions = { steps?: number; bend?: Bend }

/** Lets devices, links and server do what the seed says, heals everything and checks it; throws with what happened. */
export async function runSeed(seed: number, { steps = 36, bend = {} }: SeedOptions = {}): Promise<void> {
  const random = createRandom(seed)
  const server = await openFuzzServer({ functions: fuzzedFunctions, ...bend.server })
  const phones: FuzzPhone[] = []
  const world: World = {
    server,
    phones,
    random,
    pass(ms) {
      server.clock.advance(ms)
      for (const { device } of phones) device.clock.advance(ms)
    },
  }
  const happened: string[] = []
  try {
    // Every other day one of the phones is a team's own.
    const second = seed % 2 === 0 ? 'participant' : 'staff'
    for (const [index, role] of (['staff', second, 'judge'] as const).entries()) {
      const name = `${role}${index}`
      const own = role === 'participant' ? teams.slice(0, 1) : []
      const phone = await openFuzzPhone({ name, role, teams: own, server, random, bend: bend.phone ?? {} })
      phones.push(phone)
      await phone.signIn(`${name}-1`)
    }
    for (let i = 0; i < steps; i++) happened.push(await step(world))
    // The last work of a day is mended by none that follows.
    const last = random.pick(phones)
    last.link.restore()
    await crashAtPosition(world, last)
    happened.push(`${last.name} last crash`, 'heal')
    bend.onHeal?.()
    await heal(world)
    await check(world)
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${error instanceof Error ? error.message : JSON.stringify(error)}\n  ${happened.join('\n  ')}`,
      {
        cause: error,
      },
    )
  } finally {
    for (const phone of phones) await phone.close().catch(() => undefined)
    await server.close()
  }
}
