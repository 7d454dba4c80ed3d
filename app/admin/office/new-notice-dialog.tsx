import { useRef, useState } from 'preact/hooks'
import { ulid } from '../../../design-docs/ids.ts'
import { words } from '../../i18n/notice-words.ts'
import { type NewNotice, NoticeForm } from '../../notices/notice-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { useDesk } from '../desk/context.ts'

type Props = { onClose: () => void; onPosted: () => void }
const hourMs = 3_600_000

/** A notice for now or for later. What could not be sent stays in the form; sent again it is the same notice. */
export function NewNoticeDialog({ onClose, onPosted }: Props) {
  const t = words.value.form
  const { desk, who, overview } = useDesk()
  const [publishAt, setPublishAt] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const id = useRef(ulid(desk.now(), crypto.getRandomValues(new Uint8Array(10))))
  const event = overview.value?.event

  async function send({ hours, ...notice }: NewNotice): Promise<void> {
    setProblem(undefined)
    const from = publishAt ?? desk.now()
    const answer = await desk.ask(`/api/events/${who.event}/decisions`, {
      method: 'POST',
      json: {
        kind: 'notice',
        id: id.current,
        ageMs: 0,
        ...notice,
        ...(publishAt !== undefined && { publishAt }),
        ...(hours !== null && { expiresAt: from + hours * hourMs }),
      },
    })
    if (answer.kind === 'ok') return onPosted()
    const team = answer.kind === 'refused' && answer.code === 'ZK-PLAN-004' ? answer.figures.team : undefined
    setProblem(typeof team === 'string' ? t.unknownTeam(team) : t.failed)
  }

  return (
    <Dialog title={t.title} onClose={onClose}>
      <NoticeForm
        classes={event?.classes ?? []}
        hasTeams
        problem={problem}
        onSend={(notice) => void send(notice)}
        onCancel={onClose}
      >
        <TimeField
          label={t.publish}
          hint={t.atOnce}
          value={publishAt}
          timeZone={event?.timeZone ?? 'UTC'}
          onChange={setPublishAt}
        />
      </NoticeForm>
    </Dialog>
  )
}
