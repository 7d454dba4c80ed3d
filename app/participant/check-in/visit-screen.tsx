import { useEffect, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { startLocation } from '../../device/location.ts'
import { type Moment, momentOf } from '../../device/moment.ts'
import { type Picture, takePicture } from '../../device/picture.ts'
import { give } from '../../device/sound.ts'
import { keepAwake } from '../../device/wake-lock.ts'
import { words } from '../../i18n/check-in-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { settingOf } from '../../store/setting.ts'
import { Button } from '../../ui/button.tsx'
import { Shot } from '../../ui/shot.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { inTheMiddle } from '../../ui/worker-updates.ts'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import { Whereabouts } from './check-in-screen.tsx'
import { Expected } from './expected.tsx'
import { Finder } from './finder.tsx'
import { recordVisit } from './record-visit.ts'
import './check-in.css'

type Taken = Moment & { picture: Picture | null }

/** One checkpoint: a photo where it wants one, how that will be judged, and the record. */
export function VisitScreen() {
  const { checkpoints, number } = useOwnTeam()
  const { params } = useRoute()
  const t = words.value
  const checkpoint = checkpoints.value.get(params.number ?? '')
  if (!checkpoint || number.value === null)
    return (
      <Screen title={t.title} back="/team/check-in">
        <State icon="question" title={t.unknown}>
          <a class="button main" href="/team/check-in">
            {t.back}
          </a>
        </State>
      </Screen>
    )
  return <Visit key={checkpoint.number} checkpoint={checkpoint} team={number.value} />
}

function Visit({ checkpoint, team }: { checkpoint: CheckpointDoc; team: string }) {
  const { store } = useOwnTeam()
  const { route } = useLocation()
  const t = words.value
  const [taken, setTaken] = useState<Taken | null>(null)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string>()
  const name = said(checkpoint.name) || checkpoint.number
  useEffect(() => {
    startLocation()
    inTheMiddle.value = true
    const letSleep = keepAwake()
    return () => {
      inTheMiddle.value = false
      letSleep()
    }
  }, [])
  const leave = () => route('/team/check-in')

  async function take(source: HTMLVideoElement | Blob): Promise<void> {
    const moment = momentOf(store.outbox.stamp())
    const outcome = await takePicture(source, settingOf(store, 'photo.side')).catch(() => null)
    if (outcome?.ok) {
      setProblem(undefined)
      setTaken({ picture: outcome.picture, ...moment })
    } else setProblem(outcome?.problem === 'too-large' ? t.tooLarge : outcome ? t.notPicture : t.failed)
  }

  async function keep(shot: Taken): Promise<void> {
    setSaving(true)
    try {
      await recordVisit(store, { team, checkpoint: checkpoint.number, ...shot })
      give('ok')
      toast(t.recorded(name))
      route('/team/')
    } catch (error) {
      // The picture stays on screen, so that nothing is lost while room is made.
      setProblem(error instanceof Error && error.name === 'QuotaExceededError' ? t.noSpace : t.failed)
      setSaving(false)
    }
  }

  const asked = problem ? (
    <p class="notice no" role="alert">
      {problem}
    </p>
  ) : null
  if (checkpoint.kind !== 'photo' && !taken) {
    const label = checkpoint.kind === 'start' ? t.startNow : checkpoint.kind === 'goal' ? t.goalNow : t.withoutPhoto
    return (
      <Screen
        title={name}
        back="/team/check-in"
        action={
          <Button kind="main" onClick={() => setTaken({ picture: null, ...momentOf(store.outbox.stamp()) })}>
            {label}
          </Button>
        }
      >
        <Whereabouts />
      </Screen>
    )
  }
  return (
    <main id="main" class="photo finder-cover">
      <h1 class="hidden-text" tabIndex={-1}>
        {name}
      </h1>
      {asked}
      {taken ? (
        <>
          {taken.picture ? <Shot picture={taken.picture} alt={t.alt(name)} /> : <div class="grow" />}
          <Expected checkpoint={checkpoint} team={team} hasPhoto={taken.picture !== null} moment={taken} />
          <div class="photo-acts">
            <Button kind="main" disabled={saving} onClick={() => void keep(taken)}>
              {saving ? t.saving : t.use}
            </Button>
            <div class="pair">
              <Button disabled={saving} onClick={() => setTaken(null)}>
                {taken.picture ? t.retake : t.retry}
              </Button>
              <Button disabled={saving} onClick={leave}>
                {t.cancel}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <Finder
          checkpoint={checkpoint}
          name={name}
          mustShow={checkpoint.mustShow ? said(checkpoint.mustShow) : ''}
          onTake={take}
          onClose={leave}
        />
      )}
    </main>
  )
}
