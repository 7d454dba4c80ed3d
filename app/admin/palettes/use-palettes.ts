import { useState } from 'preact/hooks'
import type { PalettePlan, PaletteRow } from '../../../design-docs/palettes.ts'
import type { Answer } from '../../store/http.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './palette-words.ts'

export type NewPalette = { file: File; ja: string; en: string; k: number | null }

/** The palettes of the event with what can be done to them. */
export function usePalettes() {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}/palettes`
  const loaded = useLoaded<{ palettes: PaletteRow[] }>(root, { desk, live, concerns: ({ palettes }) => palettes })
  const [busy, setBusy] = useState(false)

  async function tell(asked: Promise<Answer>): Promise<boolean> {
    setBusy(true)
    const answer = await asked
    setBusy(false)
    const t = words.value
    if (answer.kind !== 'ok') {
      const fields = answer.kind === 'refused' ? JSON.stringify(answer.figures.fields ?? '') : ''
      toast(
        answer.kind !== 'refused'
          ? t.offline
          : answer.code === 'ZK-PLAN-001'
            ? t.clash
            : fields.includes('picture') || answer.code === 'ZK-GATE-003'
              ? t.badPicture
              : fields.includes('name')
                ? t.noName
                : t.refused(answer),
      )
    }
    loaded.reload()
    return answer.kind === 'ok'
  }
  const save = ({ _rev, name, state, order, k, photo }: PalettePlan, changes: Partial<PalettePlan>) =>
    tell(
      desk.ask(`${root}/${encodeURIComponent(photo)}`, {
        method: 'PUT',
        json: { _rev, name, state, order, k, ...changes },
      }),
    )

  return {
    root,
    loaded,
    busy,
    save,
    async add({ file, ja, en, k }: NewPalette): Promise<boolean> {
      const query = new URLSearchParams({ ja, en, ...(k !== null && { k: String(k) }) })
      const bytes = new Uint8Array(await file.arrayBuffer())
      return await tell(desk.ask(`${root}?${query}`, { method: 'POST', bytes }))
    },
    /** Puts a palette before or after its neighbour. */
    async move(all: readonly PaletteRow[], from: number, by: 1 | -1): Promise<void> {
      const moved = [...all]
      const [row] = moved.splice(from, 1)
      if (row) moved.splice(from + by, 0, row)
      for (const [order, { plan }] of moved.entries()) {
        if (plan.order !== order + 1 && !(await save(plan, { order: order + 1 }))) return
      }
    },
  }
}
export type Palettes = ReturnType<typeof usePalettes>
