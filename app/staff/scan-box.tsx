import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { codeReader } from '../device/code-reader.ts'
import { createRepeatGuard } from '../device/repeat-guard.ts'
import { keepAwake } from '../device/wake-lock.ts'
import { watchCodes } from '../device/watch-codes.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useCamera } from '../ui/use-camera.ts'
import { CameraProblemState } from './camera-problem.tsx'
import { lensId } from './scan-settings.ts'

type ScanBoxProps = {
  aim: string
  onText: (text: string) => void
  /** The camera stays warm, but nothing is read. */
  paused?: boolean
  /** Further ways on, beside the light. */
  children?: ComponentChildren
}

/** The camera with a frame to aim through; calls `onText` once for each code that comes into sight. */
export function ScanBox({ aim, onText, paused = false, children }: ScanBoxProps) {
  const { video, state, retry } = useCamera({ lensId: lensId.value, widthPixels: 1280 })
  const [reads, setReads] = useState<'starting' | 'yes' | 'no'>('starting')
  const [lit, setLit] = useState(false)
  const guard = useRef(createRepeatGuard())
  const latest = useRef(onText)
  latest.current = onText
  const camera = state.state === 'open' ? state.camera : null

  useEffect(() => keepAwake(), [])
  // A camera that was just opened has its light off, whatever the last one had.
  useEffect(() => setLit(false), [camera])
  useEffect(() => {
    if (camera === null || paused) return
    let stop: (() => void) | undefined
    let wanted = true
    guard.current.resume(performance.now())
    void codeReader().then((read) => {
      if (!wanted) return
      setReads(read ? 'yes' : 'no')
      if (read && video.current) {
        stop = watchCodes(video.current, read, (text) => {
          if (guard.current.accepts(text, performance.now())) latest.current(text)
        })
      }
    })
    return () => {
      wanted = false
      stop?.()
    }
  }, [camera, paused, video])

  const light = () => {
    // A phone that is hot or low on battery refuses; the button then says what is.
    camera?.torch?.(!lit).then(
      () => setLit(!lit),
      () => undefined,
    )
  }
  const again = () => {
    setReads('starting')
    retry()
  }
  if (state.state === 'failed' || reads === 'no') {
    return (
      <CameraProblemState problem={state.state === 'failed' ? state.problem : 'reader'} onRetry={again}>
        {children}
      </CameraProblemState>
    )
  }
  return (
    <div class="scan-box">
      <video ref={video} muted playsInline autoPlay tabIndex={-1} aria-label={words.value.scan.camera} />
      <div class="aim" aria-hidden="true" />
      <p class="aim-text" role="status">
        {camera && reads === 'yes' ? aim : words.value.scan.starting}
      </p>
      <div class="scan-tools">
        {camera?.torch ? (
          <Button onClick={light}>
            <Icon name="light" />
            {lit ? words.value.scan.torchOn : words.value.scan.torch}
          </Button>
        ) : null}
        {children}
      </div>
    </div>
  )
}
