import { useState } from 'preact/hooks'
import type { PublicationAction, PublicationPage, RankingState } from '../../../design-docs/rankings.ts'
import { nextState } from '../../../functions/rules/publication.ts'
import { words as adminWords } from '../../i18n/admin-words.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useDesk } from '../desk/context.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { words } from './ranking-words.ts'
import type { Publication } from './use-publication.ts'

const actions = Object.keys(nextState) as PublicationAction[]
const tones: Record<RankingState, Tone | 'quiet'> = { live: 'quiet', frozen: 'wait', published: 'ok', reopened: 'warn' }

type Props = { page: PublicationPage; publication: Publication; classId: string }

/** How the ranking on screen stands, what that means, and what an admin can do about it. */
export function PublicationPart({ page, publication, classId }: Props) {
  const t = words.value
  const { who, nameOf, overview } = useDesk()
  const [forAll, setForAll] = useState(false)
  const [asking, setAsking] = useState<PublicationAction | null>(null)
  const own = page.rankings.find((one) => one.classId === classId)
  if (!own) return null
  const zone = overview.value?.event.timeZone
  const classes = forAll ? page.rankings.map((one) => one.classId) : [classId]
  const states = page.rankings.filter((one) => classes.includes(one.classId)).map(({ state }) => state)
  const possible = actions.filter((action) => states.some((state) => nextState[action][state] !== null))
  const shown = page.snapshots.find(({ id }) => id === own.shown?.snapshot)
  const act = async (action: Exclude<PublicationAction, 'publish'>) => {
    await publication.change({ action, classes })
    setAsking(null)
  }
  return (
    <section class="sheet stack publication" aria-label={t.states[own.state]}>
      <div class="row wrap">
        <Pill tone={tones[own.state]}>{t.states[own.state]}</Pill>
        {own.since ? <span class="soft">{t.since(dayAndTime(own.since.at, zone), nameOf(own.since.by))}</span> : null}
        {shown ? <span>{t.shownAsOf(dayAndTime(shown.at, zone))}</span> : null}
      </div>
      <p>
        {t.stateTexts[own.state]} <span class="soft">{t.liveTable}</span>
      </p>
      {who.role === 'admin' ? (
        <>
          <Tick checked={forAll} onChange={setForAll}>
            {t.forAll}
          </Tick>
          <div class="row wrap">
            {possible.map((action) => (
              <Button
                key={action}
                disabled={publication.busy}
                onClick={() => (action === 'freeze' ? void act('freeze') : setAsking(action))}
              >
                {t.actions[action]}
              </Button>
            ))}
          </div>
        </>
      ) : null}
      {asking === 'publish' ? (
        <PublishDialog publication={publication} classes={classes} onClose={() => setAsking(null)} />
      ) : null}
      {asking === 'unpublish' || asking === 'unfreeze' ? (
        <Dialog title={t.confirm[asking]} onClose={() => setAsking(null)}>
          <p>{t.confirmText[asking]}</p>
          <Button kind="main" wide disabled={publication.busy} onClick={() => void act(asking)}>
            {t.actions[asking]}
          </Button>
          <Button kind="bare" wide onClick={() => setAsking(null)}>
            {adminWords.value.cancel}
          </Button>
        </Dialog>
      ) : null}
    </section>
  )
}
