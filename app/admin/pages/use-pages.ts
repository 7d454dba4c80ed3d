import { useState } from 'preact/hooks'
import type { PageDoc } from '../../../design-docs/pages.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { newest } from './newest.ts'
import { words } from './page-words.ts'

/** What a page was before this person changed it; to be undone, the page must be as it was left. */
type Step = { before: PageDoc; after: PageDoc }
export type SavedPage =
  | { ok: true; page: PageDoc }
  | { ok: false; code: string | null; figures: Record<string, unknown> }

/** The pages of the event with what can be done to them; the last change can be undone. */
export function usePages() {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const loaded = useLoaded<{ pages: PageDoc[] }>(`${root}/pages`, { desk, live, concerns: ({ pages }) => pages })
  const [step, setStep] = useState<Step | null>(null)
  const [fresh, setFresh] = useState<ReadonlyMap<string, PageDoc>>(new Map())

  async function put(page: PageDoc): Promise<SavedPage> {
    const answer = await desk.ask(`${root}/pages/${page._id.slice('page:'.length)}`, { method: 'PUT', json: page })
    if (answer.kind === 'ok') {
      const saved = answer.body as PageDoc
      setFresh((before) => new Map([...before, [saved._id, saved]]))
      return { ok: true, page: saved }
    }
    return answer.kind === 'refused'
      ? { ok: false, code: answer.code, figures: answer.figures }
      : { ok: false, code: null, figures: {} }
  }

  /** Saves, and remembers what was there before. */
  async function save(page: PageDoc, before: PageDoc | null): Promise<SavedPage> {
    const saved = await put(page)
    if (saved.ok) {
      setStep(before ? { before, after: saved.page } : null)
      loaded.reload()
    }
    return saved
  }

  return {
    loaded: loaded.value ? { ...loaded, value: { pages: newest(loaded.value.pages, fresh) } } : loaded,
    save,
    /** The same from a list, where whatever goes wrong is only told. */
    async change(page: PageDoc, change: Partial<Pick<PageDoc, 'state'>>) {
      const saved = await save({ ...page, ...change }, page)
      if (!saved.ok) {
        toast(saved.code === 'ZK-PLAN-001' ? words.value.clash : words.value.failed(saved.code ?? '—'))
        loaded.reload()
      }
    },
    async order(ids: readonly string[]) {
      const answer = await desk.ask(`${root}/page-order`, { method: 'PUT', json: { ids } })
      if (answer.kind !== 'ok') toast(words.value.failed(answer.kind === 'refused' ? answer.code : '—'))
      setStep(null)
      loaded.reload()
    },
    undo: step
      ? async () => {
          const { before, after } = step
          const saved = await put({ ...before, _rev: after._rev })
          setStep(null)
          toast(saved.ok ? words.value.undone : words.value.clash)
          loaded.reload()
        }
      : null,
  }
}
export type Pages = ReturnType<typeof usePages>
