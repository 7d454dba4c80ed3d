import { useState } from 'preact/hooks'
import type { PageDoc, PageKind } from '../../../design-docs/pages.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { RemovedList } from '../removed-list.tsx'
import { newPage } from './new-page.ts'
import { PageEditor } from './page-editor.tsx'
import { words } from './page-words.ts'
import { type Pages, usePages } from './use-pages.ts'
import './pages.css'

const kinds: readonly PageKind[] = ['schedule', 'map', 'guide']

/** Schedule, map and guide: made, put into an order, shown and hidden. */
export function PagesPage() {
  const t = words.value
  const { who } = useDesk()
  const pages = usePages()
  const [editing, setEditing] = useState<PageDoc | null>(null)
  const mayEdit = who.role === 'admin'
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      {mayEdit ? null : <p class="notice">{t.readOnly}</p>}
      {pages.undo ? (
        <div class="row">
          <span class="grow" role="status">
            {t.saved}
          </span>
          <Button onClick={() => void pages.undo?.()}>{t.undo}</Button>
        </div>
      ) : null}
      <Shown loaded={pages.loaded}>
        {({ pages: all }) =>
          editing ? (
            <PageEditor
              key={editing._id}
              saved={all.find(({ _id }) => _id === editing._id) ?? editing}
              pages={pages}
              onClose={() => setEditing(null)}
            />
          ) : (
            <div class="stack">
              <List all={all} pages={pages} mayEdit={mayEdit} onEdit={setEditing} />
              {mayEdit ? (
                <div class="row wrap">
                  {kinds.map((kind) => (
                    <Button key={kind} onClick={() => setEditing(newPage(kind, { event: who.event, pages: all }))}>
                      {t.add[kind]}
                    </Button>
                  ))}
                </div>
              ) : null}
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

type ListProps = { all: readonly PageDoc[]; pages: Pages; mayEdit: boolean; onEdit: (page: PageDoc) => void }

function List({ all, pages, mayEdit, onEdit }: ListProps) {
  const t = words.value
  const kept = all.filter(({ state }) => state !== 'removed')
  const gone = all.filter(({ state }) => state === 'removed')
  const moved = (from: number, to: number) => {
    const ids = kept.map(({ _id }) => _id)
    ids.splice(to, 0, ...ids.splice(from, 1))
    return void pages.order(ids)
  }
  return (
    <>
      {kept.length === 0 ? <State icon="records" title={t.none} text={t.noneText} /> : null}
      <ul class="stack">
        {kept.map((page, index) => (
          <li key={page._id} class="sheet stack page-row">
            <div class="row">
              <h2 class="grow">{said(page.title)}</h2>
              <span class="soft">{t.kinds[page.kind]}</span>
              <Pill tone={page.state === 'shown' ? 'ok' : 'quiet'}>{t.states[page.state]}</Pill>
            </div>
            {mayEdit ? (
              <div class="row wrap">
                <Button aria-label={t.editOf(said(page.title))} onClick={() => onEdit(page)}>
                  {t.edit}
                </Button>
                <Button onClick={() => void pages.change(page, { state: page.state === 'shown' ? 'hidden' : 'shown' })}>
                  {page.state === 'shown' ? t.hide : t.show}
                </Button>
                <Button
                  aria-label={t.up(said(page.title))}
                  disabled={index === 0}
                  onClick={() => moved(index, index - 1)}
                >
                  ↑
                </Button>
                <Button
                  aria-label={t.down(said(page.title))}
                  disabled={index === kept.length - 1}
                  onClick={() => moved(index, index + 1)}
                >
                  ↓
                </Button>
                <span class="grow" />
                <Button kind="bare" onClick={() => void pages.change(page, { state: 'removed' })}>
                  {t.remove}
                  <span class="hidden-text"> {said(page.title)}</span>
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <RemovedList
        words={t}
        mayEdit={mayEdit}
        rows={gone.map((page) => ({
          id: page._id,
          name: said(page.title),
          putBack: () => void pages.change(page, { state: 'hidden' }),
        }))}
      />
    </>
  )
}
