import { effect, type ReadonlySignal } from '@preact/signals'
import { type MenuMasks, maskOfRole } from '../../design-docs/menus.ts'
import type { EventData } from './event-data.ts'
import type { Session } from './types.ts'

type Following = {
  data: ReadonlySignal<EventData | null>
  who: Session['who']
  setMenus(menus: number): void
}

/**
 * Gives whoever is signed in the menus that their role has, as soon as the organizers' word is in the mirror. What was
 * there before says nothing: the server has told of later ones at the sign-in.
 */
export function followMenus({ data, who, setMenus }: Following): () => void {
  let seen: { of: EventData | null; masks: unknown } = { of: null, masks: null }
  return effect(() => {
    const of = data.value
    const doc = of?.mirror('board').docs.value.get('menus')
    const masks = doc ? JSON.stringify(doc.masks) : null
    const isNews = of === seen.of && masks !== seen.masks
    seen = { of, masks }
    const me = who.peek()
    if (isNews && me && me.event === of?.event) setMenus(maskOfRole((doc?.masks ?? {}) as Partial<MenuMasks>, me.role))
  })
}
