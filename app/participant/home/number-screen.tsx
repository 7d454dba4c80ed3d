import { useEffect } from 'preact/hooks'
import { renderSVG } from 'uqr'
import { keepAwake } from '../../device/wake-lock.ts'
import { words } from '../../i18n/home-words.ts'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import './home.css'

/** Number and QR as large as the screen, bright and without a network; the screen stays on while they are shown. */
export function NumberScreen() {
  const { card, number, bib } = useOwnTeam()
  const t = words.value.number
  useEffect(keepAwake, [])
  const team = card.value?.team ?? number.value ?? ''
  const text = bib.value
  return (
    <Screen title={t.title} back="/team/">
      <section class="bib-on-screen" aria-label={t.title}>
        <p class="own-number">{team}</p>
        {text === null ? null : (
          <img src={`data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 4 }))}`} alt={t.qr(team)} />
        )}
        <p>{card.value?.name}</p>
      </section>
      <p class="soft">{text === null ? t.none : t.text}</p>
    </Screen>
  )
}
