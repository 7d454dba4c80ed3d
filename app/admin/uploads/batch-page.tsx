import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { BatchView, UploadRow } from '../../../design-docs/uploads.ts'
import { count } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { BatchSettings } from './batch-settings.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { DropZone } from './drop-zone.tsx'
import { RowsTable } from './rows-table.tsx'
import { SendingPart } from './sending-part.tsx'
import { words } from './upload-words.ts'
import { readyOf, type UsedBatch, useBatch } from './use-batch.ts'
import './uploads.css'

/** One batch: what is being sent, what would become of each photo, what a person must say, and the taking of them. */
export function BatchPage({ batch = '' }: { batch?: string }) {
  const t = words.value
  const used = useBatch(batch)
  const name = used.loaded.value?.batch.name
  return (
    <Page
      title={name || t.title}
      beside={
        <a class="button" href="/admin/uploads">
          {t.back}
        </a>
      }
    >
      <div class="stack uploads">
        <SendingPart sender={used.sender} />
        <Shown loaded={used.loaded}>{(view) => <Files view={view} used={used} />}</Shown>
        <DropZone onFiles={(files) => used.sender.add(files)} />
        <p class="soft">{t.resumeHint}</p>
      </div>
    </Page>
  )
}

const states = ['waiting', 'ready', 'taken', 'refused', 'left'] as const

function Files({ view: { batch, rows }, used }: { view: BatchView; used: UsedBatch }) {
  const t = words.value
  const [filter, setFilter] = useState<UploadRow['state'] | 'all'>('all')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<readonly UploadRow[] | null>(null)
  const shown = filter === 'all' ? rows : rows.filter(({ state }) => state === filter)
  const selected = rows.filter(({ sha256, state }) => chosen.has(sha256) && state !== 'taken' && state !== 'refused')
  const ready = readyOf(rows)
  const save = async () => {
    const query = `language=${language.value}${filter === 'all' ? '' : `&states=${filter}`}`
    const bytes = await used.csv(query)
    if (bytes) saveFile(bytes, { name: `photos-${batch.id}.csv`, type: 'text/csv' })
  }
  return (
    <>
      <BatchSettings batch={batch} rows={rows} used={used} />
      <fieldset class="row wrap">
        <legend class="hidden-text">{t.filter}</legend>
        {(['all', ...states] as const).map((one) => {
          const number = one === 'all' ? rows.length : rows.filter(({ state }) => state === one).length
          return (
            <Button
              key={one}
              kind={filter === one ? 'approve' : 'plain'}
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {one === 'all' ? t.all : t.states[one]} {count(number)}
            </Button>
          )
        })}
      </fieldset>
      <RowsTable
        rows={shown}
        root={used.root}
        chosen={chosen}
        onChoose={setChosen}
        onEdit={(row) => setEditing([row])}
      />
      <div class="upload-bar row wrap">
        {selected.length > 0 ? (
          <Button onClick={() => setEditing(selected)}>
            {t.edit} ({t.selected(count(selected.length))})
          </Button>
        ) : null}
        <Button
          kind="main"
          disabled={ready.length === 0 || used.taking !== null}
          onClick={() => void used.take(ready.length)}
        >
          {used.taking === null ? t.take(count(ready.length)) : t.taking(count(used.taking))}
        </Button>
        <Button onClick={() => void save()}>{t.csv}</Button>
        <Discard rows={rows} used={used} />
      </div>
      {editing ? (
        <CorrectDialog
          rows={editing}
          used={used}
          onClose={(done) => {
            setEditing(null)
            if (done) setChosen(new Set())
          }}
        />
      ) : null}
    </>
  )
}

function Discard({ rows, used }: { rows: readonly UploadRow[]; used: UsedBatch }) {
  const t = words.value
  const { route } = useLocation()
  const [asking, setAsking] = useState(false)
  const going = rows.filter(({ state }) => state !== 'taken').length
  if (going === 0) return null
  return (
    <>
      <Button kind="bare" onClick={() => setAsking(true)}>
        {t.discard}
      </Button>
      {asking ? (
        <Dialog title={t.discard} onClose={() => setAsking(false)}>
          <div class="stack">
            <p>{t.discardSure(count(going))}</p>
            <div class="row wrap">
              <Button onClick={() => setAsking(false)}>{t.cancel}</Button>
              <Button
                kind="refuse"
                onClick={() =>
                  void used.discard().then((done) => {
                    setAsking(false)
                    if (done && going === rows.length) route('/admin/uploads')
                  })
                }
              >
                {t.discardYes}
              </Button>
            </div>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
