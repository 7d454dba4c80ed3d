import { mayAuthor } from '../../design-docs/access.ts'
import { said } from '../i18n/dictionary.ts'
import { palettesOf } from '../palettes/palettes-of.ts'
import { Swatches } from '../palettes/swatches.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { cornerWords } from './corner-words.ts'
import { standingFacts } from './own-facts.ts'
import { usePhone } from './phone.ts'
import { askForPhoto } from './photo-flow.ts'
import { teamCard } from './team-card.ts'

/** Whether a team has a portrait, where it is, and what it has collected; taking another one asks first. */
export function PortraitPart({ team }: { team: string }) {
  const { store } = usePhone()
  const phone = usePhone()
  const t = cornerWords.value
  const card = teamCard(phone, team)
  const own = standingFacts(store.outbox.facts.value, team, 'photo').find(({ purpose }) => purpose === 'portrait')
  const exists = own !== undefined || (card?.portrait ?? null) !== null
  const isOurs = own !== undefined && (card?.portrait === own._id || !card?.portrait)
  // What waits no longer has a receipt.
  const isThere = isOurs && !store.cargo.photos.value.has(own._id)
  const isRefused =
    own !== undefined &&
    (store.outbox.states.value.get(own._id)?.state === 'refused' ||
      store.cargo.photos.value.get(own._id)?.state === 'refused')
  const who = store.session.who.value
  const palettes = palettesOf(store).filter(({ photo }) => card?.palettes?.includes(photo))
  return (
    <section class="stack portrait-part">
      <Facts
        rows={[
          [t.portrait, isRefused ? t.refused : exists ? (isThere ? t.sent : isOurs ? t.here : t.standing) : t.none],
        ]}
      />
      {palettes.length > 0 ? (
        <ul class="list" aria-label={t.collected}>
          {palettes.map(({ _id, name, colours }) => (
            <li key={_id}>
              <span class="grow">{said(name)}</span>
              <Swatches colours={colours} label={said(name)} />
            </li>
          ))}
        </ul>
      ) : null}
      {who !== null && mayAuthor(who.role, 'photo', team, who.teams) ? (
        <Button onClick={() => askForPhoto({ team, purpose: 'portrait', exists })}>
          {exists ? t.replace : t.take}
        </Button>
      ) : null}
    </section>
  )
}
