import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { TextField } from '../setup/inputs.tsx'
import { postWords } from './post-words.ts'
import { useSending } from './use-sending.ts'

/** A mail through this very station, to see whether it arrives. */
export function StationTest({ path, from }: { path: string; from: string }) {
  const t = postWords.value
  const { desk } = useDesk()
  const [to, setTo] = useState(from)
  const { busy, bad, failed, send } = useSending()
  const test = async () => {
    if (await send(() => desk.ask(path, { method: 'POST', json: { to } }))) toast(t.tested)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void test()
      }}
    >
      <TextField label={t.testTo} value={to} problem={problemOf(bad, 'to')} onChange={setTo} />
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <Button type="submit" disabled={busy}>
        {t.test}
      </Button>
    </form>
  )
}
