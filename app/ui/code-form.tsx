import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { invitation, tokenInLink } from './invitation-link.ts'

type CodeWords = { lead: string; code: string; codeHint: string; useCode: string }

/** Asks for a short code, or for the whole link pasted; it becomes the invitation that is looked at next. */
export function CodeForm({ words: t, problem }: { words: CodeWords; problem?: string | undefined }) {
  const [code, setCode] = useState('')
  const ticket = tokenInLink(code) ?? code.normalize('NFKC').replace(/\s/g, '')
  return (
    <>
      <p class="soft">{t.lead}</p>
      <form
        class="sheet stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ticket !== '') invitation.value = ticket
        }}
      >
        <Field label={t.code} hint={t.codeHint} {...(problem ? { problem } : {})}>
          {(ids) => (
            <input
              {...ids}
              class="digits"
              value={code}
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button kind="main" type="submit" disabled={ticket === ''}>
          {t.useCode}
        </Button>
      </form>
    </>
  )
}
