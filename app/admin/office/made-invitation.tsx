import { renderSVG } from 'uqr'
import { words } from '../../i18n/admin-words.ts'
import { timeOf } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'

export type Made = { name: string; link: string; code: string; codeExpiresAt: number; expiresAt: number }

/** An invitation to hand over: to scan, to send, or to read out. */
export function MadeInvitation({ made, onAgain }: { made: Made; onAgain: () => void }) {
  const t = words.value.invitations
  const zone = useDesk().overview.value?.event.timeZone
  const copy = async () => {
    await navigator.clipboard.writeText(made.link)
    toast(t.copied)
  }
  const qr = `data:image/svg+xml,${encodeURIComponent(renderSVG(made.link, { border: 3 }))}`
  return (
    <>
      <h2>{t.made(made.name)}</h2>
      <p class="soft">{t.madeText}</p>
      <img class="qr" src={qr} alt={t.qr} width="240" height="240" />
      <p>
        {t.code} <b class="invitation-code">{made.code}</b>
        <span class="soft"> {t.codeUntil(timeOf(made.codeExpiresAt, zone))}</span>
      </p>
      <Field label={t.link}>{(ids) => <input {...ids} class="digits" readOnly value={made.link} />}</Field>
      <Button kind="main" onClick={() => void copy()}>
        {t.copy}
      </Button>
      <Button wide onClick={onAgain}>
        {t.again}
      </Button>
    </>
  )
}
