import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { language, languages, speak } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import type { Desk } from '../desk/desk.ts'
import { Choices } from '../settings-dialog.tsx'
import { FirstEvent } from './first-event.tsx'
import { setUpToken } from './set-up-link.ts'
import { setUpWords } from './set-up-words.ts'

type Look = { state: 'looking' | 'gone' | 'offline' } | { state: 'open'; code: string | null }

const languageNames = { ja: '日本語', en: 'English' }

/** The page behind the set-up link of a new installation: makes its first event and signs this device in as admin. */
export function SetUpPage({ desk, token }: { desk: Desk; token: string }) {
  const t = setUpWords.value
  const { route } = useLocation()
  const [look, setLook] = useState<Look>({ state: 'looking' })
  const [tries, setTries] = useState(0)
  const drop = () => {
    setUpToken.value = null
  }
  const finish = () => {
    drop()
    route('/admin/setup', true)
  }
  useEffect(() => {
    document.title = `${t.title} — zekken`
  }, [t])
  useEffect(() => {
    let current = true
    const ask = async () => {
      const answer = await desk.askOpenly('/api/setup/look', { method: 'POST', json: { token } })
      const used = answer.kind === 'refused' && answer.code === 'ZK-AUTH-003'
      // Perhaps by this device, which never heard the answer.
      const signedIn = used && (await desk.session.signIn(token, navigator.platform || 'Desk')).ok
      if (!current) return
      if (answer.kind === 'ok') setLook({ state: 'open', ...(answer.body as { code: string | null }) })
      else if (signedIn) finish()
      else setLook({ state: used ? 'gone' : 'offline' })
    }
    void ask()
    return () => {
      current = false
    }
  }, [token, tries])
  return (
    <main id="main" class="sign-in set-up">
      <h1>{t.title}</h1>
      <Choices
        label={t.language}
        choices={languages.map((one) => ({ value: one, text: languageNames[one] }))}
        chosen={language.value}
        onChoose={speak}
      />
      {look.state === 'looking' ? <p class="sheet">{t.looking}</p> : null}
      {look.state === 'offline' ? (
        <div class="sheet" role="alert">
          <State icon="offline" title={t.offline}>
            <Button onClick={() => setTries(tries + 1)}>{t.again}</Button>
          </State>
        </div>
      ) : null}
      {look.state === 'gone' ? (
        <div class="sheet" role="alert">
          <State icon="cross" title={t.gone} text={t.goneText}>
            <Button onClick={drop}>{t.toSignIn}</Button>
          </State>
        </div>
      ) : null}
      {look.state === 'open' ? (
        <FirstEvent
          desk={desk}
          token={token}
          code={look.code}
          onGone={() => setLook({ state: 'gone' })}
          onDone={finish}
        />
      ) : null}
    </main>
  )
}
