import { handIn } from '../../app/store/parcels/hand-in.ts'
import { openParcel } from '../../app/store/parcels/open-parcel.ts'
import { packUnsent } from '../../app/store/parcels/pack-parcel.ts'
import type { Action } from './actions.ts'
import { checkpoints, event, teams } from './fuzz-server.ts'
import { makeFilm } from './make-film.ts'

/** What organizers do at the console, and files that one phone brings for another. */
export const officeActions: Record<string, Action> = {
  page: { weight: 3, act: async ({ random, server }) => server.office?.savePage(`Page ${random.below(1000)}`) },
  move: {
    weight: 5,
    async act({ random, server }) {
      await server.office?.move(random, { team: random.pick(teams), checkpoint: random.pick(checkpoints) })
    },
  },
  upload: {
    weight: 3,
    async act({ random, server }) {
      await server.office?.upload(makeFilm(random), { team: random.pick(teams), checkpoint: random.pick(checkpoints) })
    },
  },
  parcel: {
    weight: 5,
    async act({ random, phones }, phone) {
      const carrier = random.pick(phones)
      const packing = carrier === phone ? null : await packUnsent(phone.store.parts())
      if (!packing || carrier.store.session.state.value !== 'signed-in') return
      const parcel = await openParcel((await packing.make(0)).content)
      if (!parcel) throw new Error(`${phone.name} made a file that is none`)
      for (const { _id } of parcel.facts) phone.packed.add(String(_id))
      if (random.chance(0.3)) carrier.link.cut(random.pick(['answers', 'requests'] as const))
      // Broken off, the file is lost with the link: what is in it is on the phone as before.
      await handIn(parcel, { event, ask: carrier.store.parts().session.ask })
      carrier.link.restore()
    },
  },
}
