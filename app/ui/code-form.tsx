import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { tokenInLink } from './invitation-link.ts'

type CodeWords = { code: string; codeHint: string; useCode: string }

/** Asks for a short code, or for the whole link pasted; gives what the server looks the invitation up by. */
export function CodeForm(props: { words: CodeWords; problem?: string | undefined; onUse: (ticket: string) => void }) {
  const { words: t, problem, onUse } = props
  const [code, setCode] = useState('')
  const ticket = tokenInLink(code) ?? code.normalize('NFKC').replace(/\s/g, '')
  return (
    <form
      class="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (ticket !== '') onUse(ticket)
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
  )
}
