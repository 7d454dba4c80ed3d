import type { Role } from '../../design-docs/primitives.ts'
import { chanceFrom } from '../../sync-server/operations/demo/chance.ts'
import { type DemoPhone, signInDemoPhone } from '../../sync-server/operations/demo/demo-phone.ts'
import type { Zekken } from './start-zekken.ts'

/** A phone of the organizers that records and delivers as a real one does, its clock right. No two of a zekken have one `seed`. */
export async function phoneWithoutScreen(zekken: Zekken, role: Role, seed: number): Promise<DemoPhone> {
  const { hash } = new URL(await zekken.invite(role, `Phone ${seed}`))
  return await signInDemoPhone({
    base: zekken.url,
    invitation: hash.slice('#invite='.length),
    name: `Phone ${seed}`,
    clock: { skewMs: 0, measured: true },
    chance: chanceFrom(seed),
  })
}
