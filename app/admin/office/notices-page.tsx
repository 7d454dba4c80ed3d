import { useEffect, useState } from 'preact/hooks'
import type { NoticeRow } from '../../../design-docs/console.ts'
import { noticeState } from '../../../functions/rules/notices.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { words } from '../../i18n/notice-words.ts'
import { MarkdownText } from '../../notices/markdown-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Unseen } from '../disputes/unseen.tsx'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { ReasonDialog } from '../results/reason-dialog.tsx'
import { NewNoticeDialog } from './new-notice-dialog.tsx'

type Notices = { now: number; notices: NoticeRow[] }

/** Everything that was ever told, with how many of the phones it is for have it. */
export function NoticesPage() {
  const t = words.value
  const { desk, live, who, decisions } = useDesk()
  const path = `/api/events/${who.event}/notices`
  const loaded = useLoaded<Notices>(path, {
    desk,
    live,
    concerns: ({ notices }) => notices.length > 0,
  })
  useEffect(() => {
    // Which phones have it is no change of the event.
    const timer = setInterval(loaded.reload, 10_000)
    return () => clearInterval(timer)
  }, [path])
  const [writing, setWriting] = useState(false)
  const [withdrawing, setWithdrawing] = useState<NoticeRow['notice'] | null>(null)
  const mayPost = who.role === 'admin' || who.role === 'core'
  const post = mayPost ? <Button onClick={() => setWriting(true)}>{t.post}</Button> : null
  return (
    <Page title={t.title} beside={post}>
      <Shown loaded={loaded}>
        {({ now, notices }) =>
          notices.length === 0 ? (
            <State icon="bell" title={t.empty} />
          ) : (
            <ul class="stack">
              {notices.map(({ notice, phones }) => (
                <Row
                  key={notice._id}
                  notice={notice}
                  phones={phones}
                  now={now}
                  {...((who.role === 'admin' || notice.by === who.account) && {
                    onWithdraw: () => setWithdrawing(notice),
                  })}
                />
              ))}
            </ul>
          )
        }
      </Shown>
      {writing ? (
        <NewNoticeDialog
          onClose={() => setWriting(false)}
          onPosted={() => {
            setWriting(false)
            toast(t.sent)
            loaded.reload()
          }}
        />
      ) : null}
      {withdrawing ? (
        <ReasonDialog
          title={t.withdrawTitle}
          text={t.withdrawText}
          act={t.withdraw}
          onClose={() => setWithdrawing(null)}
          onReason={(reason) => {
            decisions.decide({ kind: 'void', fact: withdrawing.fact, reason })
            setWithdrawing(null)
          }}
        />
      ) : null}
    </Page>
  )
}

const tones = { out: 'ok', waiting: 'wait', over: 'quiet', withdrawn: 'no' } as const
type RowProps = NoticeRow & { now: number; onWithdraw?: () => void }

function Row({ notice, phones, now, onWithdraw }: RowProps) {
  const t = words.value
  const { overview, nameOf } = useDesk()
  const timeZone = overview.value?.event.timeZone
  const state = noticeState(notice, now)
  const isOpen = state === 'out' || state === 'waiting'
  return (
    <li class="sheet stack">
      <div class="row">
        <h2 class="grow">{notice.title}</h2>
        {notice.urgent ? <Pill tone="no">{t.urgent}</Pill> : null}
        <Pill tone={tones[state]}>{t.states[state]}</Pill>
      </div>
      <p class="soft">
        {[
          dayAndTime(notice.publishAt, timeZone),
          ...(notice.expiresAt === undefined ? [] : [t.until(dayAndTime(notice.expiresAt, timeZone))]),
          audienceText(notice.audience, overview.value?.event.classes ?? []),
          t.from(nameOf(notice.by)),
        ].join(t.listSeparator)}
      </p>
      <MarkdownText text={notice.body} />
      {notice.withdrawn ? <p class="soft">{notice.withdrawn.reason}</p> : null}
      <div class="row wrap">
        <span class="grow">
          {phones.meant === 0
            ? t.noPhones
            : `${t.phones(count(phones.have), count(phones.meant))}${t.listSeparator}${t.read(count(phones.read))}`}
        </span>
        {phones.meant > phones.read || phones.meant === 0 ? (
          <Unseen notice={notice._id.slice('notice:'.length)} title={notice.title} />
        ) : null}
        {onWithdraw && isOpen ? <Button onClick={onWithdraw}>{t.withdraw}</Button> : null}
      </div>
    </li>
  )
}

type Classes = readonly { id: string; name: { ja: string; en: string } }[]

function audienceText({ roles, classes, teams }: NoticeRow['notice']['audience'], known: Classes): string {
  const t = words.value
  const classNames = classes?.map((id) => said(known.find((one) => one.id === id)?.name ?? { ja: id, en: id }) || id)
  const parts = [
    ...(roles ? [roles.map((role) => t.roles[role]).join(t.listSeparator)] : []),
    ...(classNames ? [t.audience.classes(classNames.join(t.listSeparator))] : []),
    ...(teams ? [t.audience.teams(teams.join(t.listSeparator))] : []),
  ]
  return parts.length === 0 ? t.audience.everyone : parts.join(t.listSeparator)
}
