import { useEffect, useRef, useState } from 'preact/hooks'
import { createWedge } from '../device/wedge.ts'
import { words } from '../i18n/words.ts'

/**
 * Where a scanner that types writes to. The light says whether it would be heard; a tap anywhere on it, and any key
 * pressed while nothing else wants it, gives it the focus back.
 */
export function WedgeBox({ onText, paused = false }: { onText: (text: string) => void; paused?: boolean }) {
  const field = useRef<HTMLInputElement>(null)
  const wedge = useRef(createWedge())
  const confirming = useRef(false)
  const [focused, setFocused] = useState(false)
  const [composed, setComposed] = useState(false)
  const t = words.value.scan

  useEffect(() => {
    if (!paused) field.current?.focus()
  }, [paused])
  useEffect(() => {
    const refocus = () => {
      if (!paused && (document.activeElement === document.body || document.activeElement === null))
        field.current?.focus()
    }
    addEventListener('focus', refocus)
    document.addEventListener('keydown', refocus, { capture: true })
    return () => {
      removeEventListener('focus', refocus)
      document.removeEventListener('keydown', refocus, { capture: true })
    }
  }, [paused])

  const finish = () => {
    const text = field.current ? wedge.current.take(field.current.value) : null
    if (field.current) field.current.value = ''
    if (text !== null && !paused) onText(text)
  }
  return (
    <label class={`wedge ${focused ? 'hears' : 'deaf'}`}>
      <span class="wedge-light" aria-hidden="true" />
      <span role="status">{focused ? t.wedgeReady : t.wedgeLost}</span>
      {composed ? <span class="soft">{t.wedgeIme}</span> : null}
      <input
        ref={field}
        class="digits"
        aria-label={t.wedgeLabel}
        inputMode="none"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onCompositionEnd={() => {
          if (confirming.current) finish()
          confirming.current = false
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.code === 'Enter') {
            // An input method takes the scanner's only Enter to confirm what it made; the scan ends with that.
            if (event.isComposing) confirming.current = true
            else {
              event.preventDefault()
              finish()
            }
            return
          }
          wedge.current.keydown(event)
          setComposed(wedge.current.composed())
        }}
      />
    </label>
  )
}
