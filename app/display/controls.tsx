import { words } from '../i18n/display-words.ts'
import { Button } from '../ui/button.tsx'
import { theme, themes } from '../ui/theme.ts'
import type { Board } from './board.ts'
import { languageWish, languageWishes, type useTurns } from './use-turns.ts'

type Props = { board: Board; turns: ReturnType<typeof useTurns>; hidden: boolean }

/** What whoever sets the screen up needs; out of sight while nobody touches anything, and in reach of the keys all the same. */
export function Controls({ board, turns, hidden }: Props) {
  const t = words.value
  const fill = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    // Refused where the browser allows none: the window stays as it is.
    else document.documentElement.requestFullscreen().catch(() => undefined)
  }
  return (
    <nav class={`display-controls${hidden ? ' resting' : ''}`} aria-label={t.controls}>
      <Button onClick={() => turns.turn(-1)}>{t.back}</Button>
      <Button aria-pressed={turns.paused} onClick={turns.pause}>
        {turns.paused ? t.goOn : t.pause}
      </Button>
      <Button onClick={() => turns.turn(1)}>{t.next}</Button>
      <select
        aria-label={t.language}
        value={languageWish.value}
        onChange={(event) => {
          languageWish.value = languageWishes.find((one) => one === event.currentTarget.value) ?? 'both'
        }}
      >
        {languageWishes.map((one) => (
          <option key={one} value={one}>
            {t.languages[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={t.theme}
        value={theme.value}
        onChange={(event) => {
          theme.value = themes.find((one) => one === event.currentTarget.value) ?? 'system'
        }}
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {t.themes[one]}
          </option>
        ))}
      </select>
      <Button onClick={fill}>{t.fullScreen}</Button>
      <Button kind="bare" onClick={() => void board.store.forget({ insist: true })}>
        {t.leave}
      </Button>
    </nav>
  )
}
