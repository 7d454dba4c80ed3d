import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ulid } from '../../../design-docs/ids.ts'
import type { BatchHead } from '../../../design-docs/uploads.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { DropZone } from './drop-zone.tsx'
import type { PathedFile } from './dropped-files.ts'
import { senderOf } from './open-senders.ts'
import { words } from './upload-words.ts'
import './uploads.css'

/** Where a new batch begins, and those that were. */
export function UploadsPage() {
  const t = words.value
  const { desk, live, who, overview, nameOf } = useDesk()
  const { route } = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  const root = `/api/events/${who.event}/uploads`
  const loaded = useLoaded<{ batches: BatchHead[] }>(root, { desk, live, concerns: () => false })
  const zone = overview.value?.event.timeZone

  async function begin(files: PathedFile[]): Promise<void> {
    setProblem(null)
    const batch = ulid(desk.now(), crypto.getRandomValues(new Uint8Array(10)))
    const name = (files[0]?.path ?? '').split('/')[0]?.slice(0, 200) ?? ''
    const answer = await desk.ask(`${root}/${batch}`, { method: 'PUT', json: { name, team: null } })
    if (answer.kind !== 'ok') return setProblem(answer.kind === 'refused' ? answer.message : t.offline)
    senderOf(desk, `${root}/${batch}`).add(files)
    route(`/admin/uploads/${batch}`)
  }

  return (
    <Page
      title={t.title}
      beside={
        <a class="button" href="/admin/uploads/alike">
          {t.alike}
        </a>
      }
    >
      <div class="stack">
        <p class="soft">{t.lead}</p>
        {problem ? (
          <p class="notice no" role="alert">
            {problem}
          </p>
        ) : null}
        <DropZone onFiles={(files) => void begin(files)} />
        <h2>{t.batches}</h2>
        <Shown loaded={loaded}>
          {({ batches }) =>
            batches.length === 0 ? (
              <State icon="records" title={t.none} text={t.resumeHint} />
            ) : (
              <ul class="sheet list batch-list">
                {batches.map((batch) => (
                  <li key={batch.id}>
                    <a href={`/admin/uploads/${batch.id}`}>
                      <b>{batch.name || batch.id}</b>
                      <span class="soft">
                        {dayAndTime(batch.at, zone)} · {nameOf(batch.by)}
                      </span>
                      <span>{t.filesTaken(count(batch.files), count(batch.taken))}</span>
                    </a>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </div>
    </Page>
  )
}
