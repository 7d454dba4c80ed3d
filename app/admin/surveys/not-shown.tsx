import { useState } from 'preact/hooks'
import type { Audience } from '../../../design-docs/facts.ts'
import { type MenuMasks, menuBits } from '../../../design-docs/menus.ts'
import { rolesNotShown } from '../../../functions/rules/surveys.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './survey-words.ts'

type Menus = { masks: MenuMasks; _rev: string | null }

/** Says whom a survey asks without their seeing it, and gives them the menu at a press; admins alone may. */
export function NotShown({ audience }: { audience: Audience }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [busy, setBusy] = useState(false)
  const path = `/api/events/${who.event}/menus`
  const loaded = useLoaded<Menus>(who.role === 'admin' ? path : null, { desk, live, concerns: () => false })
  const menus = loaded.value
  const roles = menus ? rolesNotShown(audience, menus.masks) : []
  if (!menus || roles.length === 0) return null
  const give = async () => {
    setBusy(true)
    const given = Object.fromEntries(roles.map((role) => [role, menus.masks[role] | menuBits.survey]))
    const json = { masks: { ...menus.masks, ...given }, _rev: menus._rev }
    const answer = await desk.ask(path, { method: 'PUT', json })
    setBusy(false)
    toast(answer.kind === 'ok' ? t.menusGiven : common.value.failed.other)
    // Somebody else may have changed them meanwhile.
    loaded.reload()
  }
  return (
    <div class="notice warn stack" role="status">
      <p>{t.notShown(roles.map((role) => common.value.roles[role]))}</p>
      <Button disabled={busy} onClick={() => void give()}>
        {t.giveMenus}
      </Button>
    </div>
  )
}
