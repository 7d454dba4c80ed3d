import { useState } from 'preact/hooks'
import { factRights } from '../../design-docs/access.ts'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { dayAndTime } from '../i18n/format.ts'
import { words } from '../i18n/notice-words.ts'
import { type NewNotice, NoticeForm } from '../notices/notice-form.tsx'
import { NoticeList } from '../notices/notice-list.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Pill } from '../ui/pill.tsx'
import { TimeField } from '../ui/time-field.tsx'
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
  const [withdrawing, setWithdrawing] = useState<Withdrawn | null>(null)
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
      <NotYetOut onWithdraw={setWithdrawing} />
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

type Withdrawn = Pick<NoticeDoc, 'fact' | 'title'>

/** Notices of this phone that nobody else sees yet: unsent, or for a later hour. */
function NotYetOut({ onWithdraw }: { onWithdraw: (notice: Withdrawn) => void }) {
  const { store, now, timeZone } = usePhone()
  const { outbox } = store
  const me = store.session.who.value
  const t = words.value
  const { newestFirst, voided } = ownFacts(outbox.facts.value)
  const isUnsent = ({ _id }: Fact) => outbox.states.value.get(_id)?.state !== 'confirmed'
  const shown = newestFirst.filter(
    (fact): fact is FactOf<'notice'> =>
      fact.type === 'notice' && !voided.has(fact._id) && (isUnsent(fact) || fact.publishAt > now.value),
  )
  if (shown.length === 0) return null
  return (
    <ul class="sheet list">
      {shown.map((fact) => (
        <li key={fact._id} class="row wrap">
          <div class="grow">
            <b>{fact.title}</b>
            {fact.publishAt > now.value ? (
              <div class="soft">
                {t.states.waiting} {dayAndTime(fact.publishAt, timeZone.value)}
              </div>
            ) : null}
          </div>
          {isUnsent(fact) ? <Pill tone="warn">{t.waitingToSend}</Pill> : null}
          {fact.by === me?.account || me?.role === 'admin' ? (
            <Button onClick={() => onWithdraw({ fact: fact._id, title: fact.title })}>{t.withdraw}</Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Writing({ onClose }: { onClose: () => void }) {
  const { store, event, timeZone } = usePhone()
  const t = words.value
  const [later, setLater] = useState<number>()
  const post = async ({ hours, ...notice }: NewNotice) => {
    const stamp = store.outbox.stamp()
    const publishAt = later ?? stamp.at
    const expires = hours === null ? {} : { expiresAt: publishAt + hours * hourMs }
    await store.outbox.append({ type: 'notice', ...notice, publishAt, ...expires }, stamp)
    const sent = later === undefined ? t.sent : t.later(dayAndTime(later, timeZone.value))
    toast(store.status.link.value === 'online' ? sent : t.kept)
    onClose()
  }
  return (
    <Dialog title={t.form.title} onClose={onClose}>
      <NoticeForm classes={event.value?.classes ?? []} onSend={(notice) => void post(notice)} onCancel={onClose}>
        <TimeField
          label={t.form.publish}
          hint={t.form.atOnce}
          value={later}
          timeZone={timeZone.value ?? 'UTC'}
          onChange={setLater}
        />
      </NoticeForm>
    </Dialog>
  )
}
