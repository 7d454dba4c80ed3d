import { useEffect, useState } from 'preact/hooks'
import { type Menu, type MenuMasks, mayOpen, menuBits } from '../../../design-docs/menus.ts'
import type { Role } from '../../../design-docs/primitives.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { words } from './menu-words.ts'

type Menus = { masks: MenuMasks; _rev: string | null }

/** Which menus each role has; admins have all of them, whatever is said here. */
export function MenusPart() {
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<Menus>(who.role === 'admin' ? `/api/events/${who.event}/menus` : null, {
    desk,
    live,
    concerns: () => false,
  })
  if (who.role !== 'admin') return <p class="sheet">{words.value.adminsOnly}</p>
  return <Shown loaded={loaded}>{(menus) => <Masks menus={menus} onReload={loaded.reload} />}</Shown>
}

const offered: readonly Role[] = ['participant', 'agent', 'staff', 'core', 'corner', 'judge', 'display']
const all = Object.keys(menuBits) as Menu[]

function Masks({ menus, onReload }: { menus: Menus; onReload: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [masks, setMasks] = useState(menus.masks)
  const [role, setRole] = useState<Role>('staff')
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => setMasks(menus.masks), [menus])
  const mask = masks[role]
  const save = async () => {
    setProblem(null)
    const json = { masks, _rev: menus._rev }
    const answer = await desk.ask(`/api/events/${who.event}/menus`, { method: 'PUT', json })
    if (answer.kind === 'ok') {
      toast(t.saved)
      return onReload()
    }
    if (answer.kind !== 'refused') return setProblem(common.value.failed.offline)
    if (answer.code !== 'ZK-PLAN-001') return setProblem(common.value.failed.otherText(answer.code))
    setProblem(t.clash)
    onReload()
  }
  return (
    <div class="sheet stack">
      <p>{t.text}</p>
      <Field label={t.role}>
        {(ids) => (
          <select {...ids} value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {common.value.roles[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="form-grid">
        {all.map((menu) => (
          <Tick
            key={menu}
            checked={mayOpen(mask, menu)}
            onChange={(on) => setMasks({ ...masks, [role]: on ? mask | menuBits[menu] : mask & ~menuBits[menu] })}
          >
            {t.menus[menu]}
          </Tick>
        ))}
      </div>
      <p class="soft">
        {t.sum} <b class="digits">{mask}</b>
      </p>
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      <Button kind="main" onClick={() => void save()}>
        {t.save}
      </Button>
    </div>
  )
}
