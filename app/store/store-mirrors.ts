import { computed, type ReadonlySignal } from '@preact/signals'
import type { DatabaseKind } from '../../design-docs/databases.ts'
import type { EventData } from './event-data.ts'
import type { Mirror, MirrorDoc, Mirrors } from './types.ts'

const noDocs: ReadonlyMap<string, MirrorDoc> = new Map()

/** The mirrors of whichever event is open; a screen may follow them before anyone has signed in. */
export function storeMirrors(data: ReadonlySignal<EventData | null>): Mirrors {
  const of = (kind?: DatabaseKind, team?: string): Mirror => {
    const inner = computed(() => data.value?.mirror(kind ?? data.value.carried(), team) ?? null)
    return {
      docs: computed(() => inner.value?.docs.value ?? noDocs),
      state: computed(() => inner.value?.state.value ?? 'empty'),
      progress: computed(() => inner.value?.progress.value ?? null),
      doc: <T extends MirrorDoc>(id: string) =>
        computed(() => inner.value?.docs.value.get(id)) as ReadonlySignal<T | undefined>,
      withPrefix: <T extends MirrorDoc>(prefix: string) =>
        computed(() => withPrefix(inner.value?.docs.value ?? noDocs, prefix)) as unknown as ReadonlySignal<
          readonly T[]
        >,
      attachment: async (id, name) => (await inner.value?.attachment(id, name)) ?? null,
    }
  }
  const teams = new Map<string, Mirror>()
  return {
    board: of('board'),
    roster: of('roster'),
    gate: of('gate'),
    figures: of('figures'),
    carried: of(),
    team(number) {
      const known = teams.get(number) ?? of('team', number)
      teams.set(number, known)
      return known
    },
  }
}

const withPrefix = (docs: ReadonlyMap<string, MirrorDoc>, prefix: string) =>
  [...docs.values()].filter(({ _id }) => _id.startsWith(prefix)).sort((a, b) => (a._id < b._id ? -1 : 1))
