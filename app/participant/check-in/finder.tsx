import { useRef, useState } from 'preact/hooks'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { lastPosition } from '../../device/location.ts'
import { words } from '../../i18n/check-in-words.ts'
import { count } from '../../i18n/format.ts'
import { settingOf } from '../../store/setting.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useCamera } from '../../ui/use-camera.ts'
import { useOwnTeam } from '../own-team.ts'
import { Reference } from './reference.tsx'

type FinderProps = {
  checkpoint: CheckpointDoc
  name: string
  mustShow: string
  onTake: (source: HTMLVideoElement | Blob) => Promise<void>
  onClose: () => void
}

/** What the camera sees, with what has to be in it and how well the place is known; a file where there is no camera. */
export function Finder({ checkpoint, name, mustShow, onTake, onClose }: FinderProps) {
  const [facing, setFacing] = useState<'environment' | 'user'>('environment')
  const { video, state, retry } = useCamera({
    lensId: '',
    facing,
    widthPixels: settingOf(useOwnTeam().store, 'photo.side'),
  })
  const t = words.value
  if (state.state === 'failed')
    return (
      <div class="screen">
        <div class="sheet" role="alert">
          <State icon="camera" title={name} text={t.problems[state.problem]}>
            <FilePick onTake={onTake} />
            <Button wide onClick={retry}>
              {t.retry}
            </Button>
            <Button kind="bare" onClick={onClose}>
              {t.cancel}
            </Button>
          </State>
        </div>
      </div>
    )
  const position = lastPosition.value
  return (
    <>
      <div class="finder">
        <video ref={video} muted playsInline autoPlay tabIndex={-1} aria-label={t.camera} />
        <p class="finder-note">
          <span>{name}</span>
          <span>{position ? t.accuracy(count(Math.round(position.accuracyMeters))) : '…'}</span>
        </p>
      </div>
      <div class="photo-acts">
        <Reference checkpoint={checkpoint} />
        {mustShow ? (
          <p>
            {t.mustShow}: <b>{mustShow}</b>
          </p>
        ) : null}
        <Button
          kind="main"
          disabled={state.state !== 'open'}
          onClick={() => {
            if (video.current) void onTake(video.current)
          }}
        >
          {state.state === 'open' ? t.shoot : t.starting}
        </Button>
        <div class="pair">
          <Button onClick={() => setFacing(facing === 'user' ? 'environment' : 'user')}>{t.turn}</Button>
          <Button onClick={onClose}>{t.cancel}</Button>
        </div>
      </div>
    </>
  )
}

function FilePick({ onTake }: Pick<FinderProps, 'onTake'>) {
  const file = useRef<HTMLInputElement>(null)
  const t = words.value
  return (
    <>
      <input
        ref={file}
        type="file"
        accept="image/*"
        capture="environment"
        class="hidden-text"
        tabIndex={-1}
        aria-label={t.choose}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          if (chosen) void onTake(chosen)
        }}
      />
      <Button kind="main" onClick={() => file.current?.click()}>
        {t.choose}
      </Button>
    </>
  )
}
