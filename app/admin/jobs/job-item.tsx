import type { JobRow } from '../../../design-docs/jobs.ts'
import { byteSize, count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useDesk } from '../desk/context.ts'
import { jobWords } from './job-words.ts'
import { paperKind } from './paper-kind.ts'
import './jobs.css'
import { isUnderWay, type Jobs } from './use-jobs.ts'

const tones = {
  waiting: 'wait',
  running: 'wait',
  finishing: 'wait',
  done: 'ok',
  failed: 'no',
  cancelled: 'quiet',
} as const

type Props = { job: JobRow; keptDays: number; jobs: Jobs }

/** A job: how far it is, what came of it, what failed, and what can be done about it. */
export function JobItem({ job, keptDays, jobs }: Props) {
  const t = jobWords.value
  const { overview, nameOf, who } = useDesk()
  // Who ordered it deals with it, and whoever may order any.
  const mayChange = who.role !== 'judge' || job.by === who.account
  const { state, counts, parked, files } = job
  const done = counts.done + counts.unchanged
  const isPaper = job.kind === paperKind
  const progress = (isPaper ? t.parts : t.teams)(count(done), count(counts.total))
  const isUnfinished = done + counts.parked < counts.total
  return (
    <li class="stack">
      <div class="row">
        <div class="grow">
          <b>{isPaper ? t.whats[job.what] : progress}</b>
          <div class="soft">
            {[
              isPaper && counts.total > 1 ? progress : '',
              dayAndTime(job.at, overview.value?.event.timeZone),
              nameOf(job.by),
              counts.unchanged > 0 ? t.unchanged(count(counts.unchanged)) : '',
              counts.parked > 0 ? t.parked(count(counts.parked)) : '',
              job.endedAt === null || files.length === 0
                ? ''
                : t.until(dayAndTime(job.endedAt + keptDays * 86_400_000, overview.value?.event.timeZone)),
            ]
              .filter(Boolean)
              .join('・')}
          </div>
        </div>
        <Pill tone={job.isCancelling ? 'wait' : tones[state]}>{job.isCancelling ? t.cancelling : t.states[state]}</Pill>
      </div>
      {isUnderWay(job) ? <Meter share={counts.total === 0 ? 0 : done / counts.total} label={progress} /> : null}
      {job.error ? <p class="notice no">{job.error}</p> : null}
      {parked.length > 0 ? (
        <details>
          <summary>{t.failedItems}</summary>
          <ul class="list">
            {parked.map(({ key, code, error }) => (
              <li key={key}>
                {isPaper ? (
                  <span>{key}</span>
                ) : (
                  <a href={`/admin/teams/${key}`} class="number">
                    {key}
                  </a>
                )}
                <span class="grow soft">{[code, error].filter(Boolean).join(' ')}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <div class="row wrap">
        {files.map(({ name, bytes }, n) =>
          mayChange ? (
            <Button key={name} disabled={jobs.busy} onClick={() => void jobs.save(job, n)}>
              {t.save(name, byteSize(bytes))}
            </Button>
          ) : null,
        )}
        {mayChange && isUnderWay(job) && !job.isCancelling ? (
          <Button disabled={jobs.busy} onClick={() => void jobs.change(job, 'cancel')}>
            {t.cancel}
          </Button>
        ) : null}
        {mayChange && !isUnderWay(job) && (counts.parked > 0 || isUnfinished || state === 'failed') ? (
          <Button disabled={jobs.busy} onClick={() => void jobs.change(job, 'redrive')}>
            {counts.parked > 0 || state === 'failed' ? t.redrive : t.resume}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
