import { useState } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { MemberTicks } from './member-ticks.tsx'
import { usePhone } from './phone.ts'
import { recordMembers, type Shown } from './scan-flow.ts'

/** Who of the team stands here; the check-in is recorded anew at its own time. */
export function MembersDialog({ seen, onClose }: { seen: Shown; onClose: () => void }) {
  const phone = usePhone()
  const t = words.value.members
  const members = seen.verdict.card?.members ?? []
  const [here, setHere] = useState(seen.checkin?.membersPresent ?? members.map(({ id }) => id))
  const save = async () => {
    await recordMembers(phone, here, t.correction)
    onClose()
  }
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p class="soft">{t.text}</p>
      <MemberTicks members={members} ticked={here} onChange={setHere} />
      <Button kind="main" disabled={members.length === 0} onClick={() => void save()}>
        {t.record(here.length, members.length)}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {words.value.cancel}
      </Button>
    </Dialog>
  )
}
