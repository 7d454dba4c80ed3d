import { useEffect, useState } from 'preact/hooks'
import { renderSVG } from 'uqr'
import type { MadeLink } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { State } from '../ui/state.tsx'
import { words } from './sign-in-qr-words.ts'

type SignInQrProps = {
  team: string
  make(team: string): Promise<MadeLink>
  /** The server's time, which says when a link runs out. */
  now(): number
  onClose: () => void
}

/** A one-time way in for a team's phone, large enough to be read across a counter. */
export function SignInQr({ team, make, now, onClose }: SignInQrProps) {
  const [made, setMade] = useState<MadeLink | null>(null)
  const [tries, setTries] = useState(0)
  const t = words.value
  useEffect(() => {
    let current = true
    setMade(null)
    void make(team).then((answer) => {
      if (current) setMade(answer)
    })
    return () => {
      current = false
    }
  }, [team, tries])
  const again = () => setTries((before) => before + 1)
  return (
    <Dialog title={t.title(team)} onClose={onClose}>
      {made === null ? <p role="status">{t.making}</p> : null}
      {made && !made.ok ? (
        <div role="alert">
          <State
            icon={made.reason === 'offline' ? 'offline' : 'cross'}
            title={made.reason === 'offline' ? t.offline : t.refused(made.code)}
          >
            <Button wide onClick={again}>
              {t.retry}
            </Button>
          </State>
        </div>
      ) : null}
      {made?.ok ? <Shown made={made} now={now} onAgain={again} /> : null}
      <Button kind="bare" wide onClick={onClose}>
        {t.close}
      </Button>
    </Dialog>
  )
}

type ShownProps = { made: Extract<MadeLink, { ok: true }>; now(): number; onAgain: () => void }

function Shown({ made, now, onAgain }: ShownProps) {
  const t = words.value
  const [left, setLeft] = useState(made.expiresAt - now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(made.expiresAt - now()), 1000)
    return () => clearInterval(timer)
  }, [made])
  if (left <= 0) {
    return (
      <>
        <p role="alert">{t.over}</p>
        <Button kind="main" onClick={onAgain}>
          {t.again}
        </Button>
      </>
    )
  }
  const seconds = Math.floor(left / 1000)
  const qr = `data:image/svg+xml,${encodeURIComponent(renderSVG(made.link, { border: 4 }))}`
  return (
    <>
      <p>{t.text}</p>
      <img class="sign-in-qr" src={qr} alt={t.qr} />
      <p class="digits">{t.left(Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0'))}</p>
      <p>
        {t.code} <b class="digits">{made.code}</b>
      </p>
    </>
  )
}
