import { useEffect, useRef, useState } from 'preact/hooks'
import { lastPosition } from '../device/location.ts'
import { type Moment, momentOf } from '../device/moment.ts'
import { type Picture, takePicture } from '../device/picture.ts'
import { keepAwake } from '../device/wake-lock.ts'
import { words } from '../i18n/words.ts'
import { settingOf } from '../store/setting.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Shot } from '../ui/shot.tsx'
import { toast } from '../ui/toast.tsx'
import { useCamera } from '../ui/use-camera.ts'
import { inTheMiddle } from '../ui/worker-updates.ts'
import { CameraProblemState } from './camera-problem.tsx'
import { ExistingPhoto } from './existing-photo.tsx'
import { usePhone } from './phone.ts'
import { type PhotoWish, photoWish, savePhoto } from './photo-flow.ts'
import { shown } from './scan-flow.ts'

type Taken = Moment & { picture: Picture }

/** Take, look, take again or keep. Time and place are those of the shutter, not of the button after it. */
export function PhotoScreen({ wish }: { wish: PhotoWish }) {
  const phone = usePhone()
  const [agreed, setAgreed] = useState(!wish.exists)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string>()
  const t = words.value.photo
  const close = () => {
    photoWish.value = null
  }
  useEffect(() => keepAwake(), [])
  useEffect(() => {
    inTheMiddle.value = true
    return () => {
      inTheMiddle.value = false
    }
  }, [])

  if (!agreed) {
    return (
      <main id="main" class="photo">
        <Dialog title={t.replaceTitle} onClose={close}>
          <ExistingPhoto wish={wish} />
          <p>{t.replaceText}</p>
          <Button kind="main" onClick={() => setAgreed(true)}>
            {t.replace}
          </Button>
          <Button wide onClick={close}>
            {t.keep}
          </Button>
        </Dialog>
      </main>
    )
  }
  const take = async (source: HTMLVideoElement | Blob) => {
    const moment = momentOf(phone.store.outbox.stamp())
    const outcome = await takePicture(source, settingOf(phone.store, 'photo.side')).catch(() => null)
    if (outcome?.ok) {
      setProblem(undefined)
      setTaken({ picture: outcome.picture, ...moment })
    } else setProblem(outcome?.problem === 'too-large' ? t.tooLarge : outcome ? t.notPicture : t.failed)
  }
  const keep = async (shot: Taken) => {
    setSaving(true)
    try {
      await savePhoto(phone, wish, shot)
      // A verdict below shows the photo among its figures; elsewhere it is said.
      if (shown.value === null) toast(words.value.verdict.photographed)
      close()
    } catch (error) {
      // The picture stays on screen, so that nothing is lost while room is made.
      setProblem(error instanceof Error && error.name === 'QuotaExceededError' ? t.noSpace : t.failed)
    } finally {
      setSaving(false)
    }
  }
  return (
    <main id="main" class="photo">
      <h1 class="hidden-text" tabIndex={-1}>
        {t.title} {wish.team}
      </h1>
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      {taken ? (
        <>
          <Shot picture={taken.picture} alt={t.alt(wish.team)} />
          <div class="photo-acts">
            <Button kind="main" disabled={saving} onClick={() => void keep(taken)}>
              {saving ? t.saving : t.use}
            </Button>
            <div class="pair">
              <Button disabled={saving} onClick={() => setTaken(null)}>
                {t.retake}
              </Button>
              <Button disabled={saving} onClick={close}>
                {words.value.cancel}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <Finder team={wish.team} onTake={take} onClose={close} />
      )}
    </main>
  )
}

type FinderProps = { team: string; onTake: (source: HTMLVideoElement | Blob) => Promise<void>; onClose: () => void }

function Finder({ team, onTake, onClose }: FinderProps) {
  const [facing, setFacing] = useState<'environment' | 'user'>('environment')
  const { video, state, retry } = useCamera({
    lensId: '',
    facing,
    widthPixels: settingOf(usePhone().store, 'photo.side'),
  })
  const file = useRef<HTMLInputElement>(null)
  const t = words.value.photo
  const position = lastPosition.value
  const fromFile = (
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
      <Button onClick={() => file.current?.click()}>{t.choose}</Button>
    </>
  )
  if (state.state === 'failed') {
    return (
      <div class="screen">
        <CameraProblemState problem={state.problem} onRetry={retry}>
          {fromFile}
          <Button kind="bare" onClick={onClose}>
            {words.value.cancel}
          </Button>
        </CameraProblemState>
      </div>
    )
  }
  return (
    <>
      <div class="finder">
        <video ref={video} muted playsInline autoPlay tabIndex={-1} aria-label={words.value.scan.camera} />
        <p class="finder-note">
          <span class="digits">{team}</span>
          <span>{position ? words.value.accuracy(Math.round(position.accuracyMeters)) : t.noPosition}</span>
        </p>
      </div>
      <div class="photo-acts">
        <Button
          kind="main"
          disabled={state.state !== 'open'}
          onClick={() => {
            if (video.current) void onTake(video.current)
          }}
        >
          {state.state === 'open' ? t.shoot : words.value.scan.starting}
        </Button>
        <div class="pair">
          <Button onClick={() => setFacing(facing === 'user' ? 'environment' : 'user')}>{t.turn}</Button>
          <Button onClick={onClose}>{words.value.cancel}</Button>
        </div>
      </div>
    </>
  )
}
