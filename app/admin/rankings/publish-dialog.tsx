import { useEffect, useState } from 'preact/hooks'
import type { Comparison, SnapshotLine } from '../../../design-docs/rankings.ts'
import { words as adminWords } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useDesk } from '../desk/context.ts'
import { ComparisonView } from './comparison-view.tsx'
import { words } from './ranking-words.ts'
import type { Publication } from './use-publication.ts'
import { useRankingName } from './use-ranking-name.ts'

type Props = { publication: Publication; classes: readonly string[]; onClose: () => void }

/**
 * Keeps the rankings as they are, shows what everyone would see differently, and publishes exactly that: what comes in
 * while one looks is not in it.
 */
export function PublishDialog({ publication, classes, onClose }: Props) {
  const t = words.value
  const { desk, who, overview } = useDesk()
  const name = useRankingName()
  const [kept, setKept] = useState<SnapshotLine | null>(null)
  const [comparison, setComparison] = useState<Comparison | null>(null)
  useEffect(() => {
    let current = true
    void (async () => {
      const line = await publication.keep('', 'publish')
      if (!line) return void (current && onClose())
      const path = `/api/events/${who.event}/comparison?from=public&to=${line.id}`
      const answer = await desk.ask(path)
      if (!current) return
      setKept(line)
      if (answer.kind === 'ok') setComparison(answer.body as Comparison)
      else onClose()
    })()
    return () => {
      current = false
    }
  }, [])
  const publish = async () => {
    if (!kept) return
    if (await publication.change({ action: 'publish', classes: [...classes], snapshot: kept.id })) onClose()
  }
  const pending = overview.value?.checkins.byStatus.PENDING ?? 0
  const concerned = comparison?.rankings.filter(({ classId }) => classes.includes(classId)) ?? []
  return (
    <Dialog title={t.publishTitle} onClose={onClose}>
      {comparison ? (
        <div class="stack">
          <p>{t.publishLead}</p>
          {pending > 0 ? <p class="notice warn">{t.pendingLeft(count(pending))}</p> : null}
          <ul>
            {concerned.map(({ classId, isNew, teams, changed }) => (
              <li key={classId}>
                {isNew
                  ? t.firstTime(name(classId), count(teams))
                  : changed === 0
                    ? t.unchanged(name(classId))
                    : t.changed(name(classId), count(changed))}
              </li>
            ))}
          </ul>
          <ComparisonView comparison={comparison} classes={classes} />
          <Button kind="main" wide disabled={publication.busy} onClick={() => void publish()}>
            {t.publishNow}
          </Button>
          <Button kind="bare" wide onClick={onClose}>
            {adminWords.value.cancel}
          </Button>
        </div>
      ) : (
        <p role="status">{t.looking}</p>
      )}
    </Dialog>
  )
}
