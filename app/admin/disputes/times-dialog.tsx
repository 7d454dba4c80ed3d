import { words as common } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './dispute-words.ts'
import { TimesForm } from './times-form.tsx'

/** The real start or finish of one team. */
export function TimesDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const t = words.value.times
  const { decisions } = useDesk()
  return (
    <Dialog title={t.title} onClose={onClose}>
      <TimesForm
        teams={[team]}
        onSave={(made) => {
          for (const one of made) decisions.decide(one)
          toast(t.saved(count(made.length)))
          onClose()
        }}
      />
      <Button kind="bare" wide onClick={onClose}>
        {common.value.cancel}
      </Button>
    </Dialog>
  )
}
