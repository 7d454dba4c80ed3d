import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { words } from '../../i18n/entry-words.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Entered } from './entered.tsx'
import type { EntryPage as Entry, EntryKey, FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { EntryPage } from './entry-page.tsx'
import { dropEdit } from './kept-edits.ts'
import { forgetReceipt } from './kept-receipts.ts'
import { LinkBox } from './link-box.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

type Props = {
  entryKey: EntryKey
  entered: Entry
  /** Null while it is not known whether entries are open, and where there is no form any more. */
  page: FormPage | null
  hasForm: boolean
  /** It came a moment ago. */
  isNew: boolean
  /** This phone keeps the receipt. */
  isKept: boolean
  onEdit: () => void
  onWithdrawn: (entered: Entry) => void
  onRefused: () => void
}

/** What was entered, under its number, and what can be done about it. */
export function Receipt({ entryKey, entered, page, hasForm, isNew, isKept, onEdit, onWithdrawn, onRefused }: Props) {
  const t = words.value
  const { event, draft } = entryKey
  const { shelf } = useEntryTools()
  const { route } = useLocation()
  const [asking, setAsking] = useState<'withdraw' | 'forget' | null>(null)
  const { number, entry, enteredAt, changedAt, withdrawnAt } = entered
  const isWithdrawn = withdrawnAt !== undefined
  const zone = page?.event.timeZone
  const title = isWithdrawn ? t.withdrawn : isNew ? t.entered : t.receipt
  return (
    <EntryPage title={title} event={page?.event}>
      <section class="sheet receipt">
        <p class="soft">{t.number}</p>
        <p class="own-number">{number}</p>
        <p class="name">{entry.name}</p>
      </section>
      {isWithdrawn ? <p class="notice warn">{t.withdrawnAt(dayAndTime(withdrawnAt, zone))}</p> : null}
      {isWithdrawn ? null : <LinkBox entryKey={entryKey} name={entry.name} />}
      {page ? <Entered entry={entry} page={page} /> : null}
      <p class="soft">
        {t.enteredAt} {dayAndTime(enteredAt, zone)}
        {changedAt > enteredAt && !isWithdrawn ? `${t.listSeparator}${t.changedAt} ${dayAndTime(changedAt, zone)}` : ''}
      </p>
      {isWithdrawn ? null : (
        <Changes page={page} hasForm={hasForm} onEdit={onEdit} onWithdraw={() => setAsking('withdraw')} />
      )}
      <a class="button wide" href={`/team/enter/${event}`}>
        {t.another}
      </a>
      {isKept ? (
        <div>
          <p class="soft">{t.here}</p>
          <Button kind="bare" onClick={() => setAsking('forget')}>
            {t.forget}
          </Button>
        </div>
      ) : null}
      {asking === 'withdraw' ? (
        <WithdrawDialog
          entryKey={entryKey}
          entered={entered}
          onClose={() => setAsking(null)}
          onRefused={onRefused}
          onWithdrawn={(after) => {
            setAsking(null)
            onWithdrawn(after)
          }}
        />
      ) : null}
      {asking === 'forget' ? (
        <Dialog title={t.forgetTitle} onClose={() => setAsking(null)}>
          <p>{t.forgetText}</p>
          <div class="pair">
            <Button onClick={() => setAsking(null)}>{t.cancel}</Button>
            <Button
              kind="refuse"
              onClick={() => {
                forgetReceipt(event, draft, shelf)
                dropEdit(entryKey, shelf)
                route(`/team/enter/${event}`)
              }}
            >
              {t.forgetNow}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </EntryPage>
  )
}

/** Changing and withdrawing, or why neither can be done now. */
function Changes({
  page,
  hasForm,
  onEdit,
  onWithdraw,
}: Pick<Props, 'page' | 'hasForm' | 'onEdit'> & { onWithdraw: () => void }) {
  const t = words.value
  if (page === null && hasForm) return null
  if (page?.state !== 'open') {
    return <p class="notice">{page?.state === 'not-yet' ? t.notYetForChange : t.closedForChange}</p>
  }
  return (
    <div class="pair">
      <Button onClick={onEdit}>{t.edit}</Button>
      <Button onClick={onWithdraw}>{t.withdraw}</Button>
    </div>
  )
}
