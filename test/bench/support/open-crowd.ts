import { openStore } from '../../../app/store/open-store.ts'
import type { Store } from '../../../app/store/types.ts'
import { createLink } from '../../store/support/link.ts'
import { createDevice } from '../../store/support/memory-ports.ts'
import type { Zekken } from '../../support/start-zekken.ts'

/** Phones as they are, but for their databases, which are in memory: signed in, with their mirrors, following the server. */
export async function openCrowd(zekken: Zekken, teams: readonly string[]) {
  const stores: Store[] = []
  const waiting = [...teams]
  // A crowd comes through the gate side by side, not all in one instant.
  const gate = async () => {
    for (let team = waiting.shift(); team !== undefined; team = waiting.shift()) {
      stores.push(await enter(zekken, await zekken.invite('participant', `Team ${team}`, [team]), 'participant'))
    }
  }
  await Promise.all(Array.from({ length: 8 }, gate))
  return {
    stores,
    async close() {
      await Promise.all(stores.map((store) => store.close()))
    },
  }
}

/** The phone of somebody who may tell everyone. */
export const enterCore = async (zekken: Zekken): Promise<Store> =>
  enter(zekken, await zekken.invite('core', 'Desk'), 'staff')

async function enter(zekken: Zekken, link: string, app: string): Promise<Store> {
  const { ports } = createDevice().load(createLink(() => zekken.url).fetch)
  const clock = { ...ports.clock, now: Date.now, monotonic: () => performance.now() }
  const store = await openStore({ ...ports, clock, app: { name: app, version: '1' } })
  const signIn = () => store.session.signIn(link.split('#invite=')[1] ?? '', 'Phone')
  let answer = await signIn()
  // At a crowded gate an answer can be too late; then people tap again.
  for (let tries = 1; !answer.ok && answer.reason === 'offline' && tries < 10; tries++) answer = await signIn()
  if (!answer.ok) throw new Error(`nobody came in: ${JSON.stringify(answer)}`)
  await store.sync()
  return store
}
