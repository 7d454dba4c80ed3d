import type { ComponentChildren } from 'preact'
import type { CameraProblem } from '../device/camera.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'

type CameraProblemProps = { problem: CameraProblem | 'reader'; onRetry: () => void; children?: ComponentChildren }

/** Why there is no picture, and what else can be done. */
export function CameraProblemState({ problem, onRetry, children }: CameraProblemProps) {
  const t = words.value.scan
  const [title, text] = {
    denied: [t.denied, t.deniedText],
    none: [t.noCamera, t.noCameraText],
    busy: [t.busyCamera, t.busyCameraText],
    reader: [t.readerFailed, t.readerFailedText],
  }[problem] as [string, string]
  return (
    <div class="sheet" role="alert">
      <State icon="camera" title={title} text={text}>
        <Button wide onClick={onRetry}>
          {words.value.retry}
        </Button>
        {children}
      </State>
    </div>
  )
}
