import { useState } from 'preact/hooks'
import { factRights } from '../../design-docs/access.ts'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import { words } from '../i18n/notice-words.ts'
import { type NewNotice, NoticeForm } from '../notices/notice-form.tsx'
import { NoticeList } from '../notices/notice-list.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Pill } from '../ui/pill.tsx'
import { toast } from '../ui/toast.tsx'
import { PageLinks } from './info-screen.tsx'
import { ownFacts } from './own-facts.ts'
import { usePhone } from './phone.ts'
import { Screen } from './screen.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

const hourMs = 3_600_000

/** What staff are told, and where those with the right tell others, with or without a network. */
export function NoticesScreen() {
  const { store, now, timeZone } = usePhone()
  const [writing, setWriting] = useState(false)
  const [withdrawing, setWithdrawing] = useState<NoticeDoc | null>(null)
  const t = words.value
  const me = store.session.who.value
  const mayPost = me !== null && factRights.notice[me.role] !== undefined
  const { voided } = ownFacts(store.outbox.facts.value)
  const withdraw = (notice: NoticeDoc) =>
    notice.by === me?.account || (mayPost && me?.role === 'admin') ? (
      <Button disabled={voided.has(notice.fact)} onClick={() => setWithdrawing(notice)}>
        {voided.has(notice.fact) ? t.withdrawn : t.withdraw}
      </Button>
    ) : null
  return (
    <Screen
      title={t.title}
      {...(mayPost && {
        action: (
          <Button kind="main" onClick={() => setWriting(true)}>
            {t.post}
          </Button>
        ),
      })}
    >
      <PageLinks />
      <Unsent />
      <NoticeList
        notices={store.notices.shownAt(now.value)}
        book={store.notices}
        timeZone={timeZone.value}
        actions={withdraw}
      />
      {writing ? <Writing onClose={() => setWriting(false)} /> : null}
      {withdrawing ? <WithdrawDialog notice={withdrawing} onClose={() => setWithdrawing(null)} /> : null}
    </Screen>
  )
}

/** Notices of this phone that nobody else can have yet. */
function Unsent() {
  const { outbox } = usePhone().store
  const t = words.value
  const { voided } = ownFacts(outbox.facts.value)
  const unsent = [...outbox.facts.value.values()].filter(
    (fact) =>
      fact.type === 'notice' && !voided.has(fact._id) && outbox.states.value.get(fact._id)?.state !== 'confirmed',
  )
  if (unsent.length === 0) return null
  return (
    <ul class="sheet list">
      {unsent.map((fact) => (
        <li key={fact._id}>
          <b>{fact.type === 'notice' ? fact.title : ''}</b>
          <Pill tone="warn">{t.waitingToSend}</Pill>
        </li>
      ))}
    </ul>
  )
}

function Writing({ onClose }: { onClose: () => void }) {
  const { store, event } = usePhone()
  const t = words.value
  const post = async ({ hours, ...notice }: NewNotice) => {
    const stamp = store.outbox.stamp()
    const expires = hours === null ? {} : { expiresAt: stamp.at + hours * hourMs }
    await store.outbox.append({ type: 'notice', ...notice, publishAt: stamp.at, ...expires }, stamp)
    toast(store.status.link.value === 'online' ? t.sent : t.kept)
    onClose()
  }
  return (
    <Dialog title={t.form.title} onClose={onClose}>
      <NoticeForm classes={event.value?.classes ?? []} onSend={(notice) => void post(notice)} onCancel={onClose} />
    </Dialog>
  )
}
