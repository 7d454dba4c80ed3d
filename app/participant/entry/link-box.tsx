import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import type { EntryKey } from './entry-api.ts'
import { entryLink } from './entry-key.ts'

/** The link that lets its holder change and withdraw the entry, to be copied, or shared where the phone can. */
export function LinkBox({ entryKey, name }: { entryKey: EntryKey; name: string }) {
  const t = words.value
  const url = entryLink(entryKey)
  const copy = async (input: HTMLInputElement | null) => {
    try {
      await navigator.clipboard.writeText(url)
      toast(t.copied)
    } catch {
      // Not allowed, or not served over https: selected, it is copied by hand.
      input?.select()
    }
  }
  return (
    <section class="sheet stack">
      <Field label={t.link} hint={t.linkText}>
        {(ids) => (
          <input {...ids} class="link" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        )}
      </Field>
      <div class="pair">
        <Button
          onClick={({ currentTarget }) => void copy(currentTarget.closest('section')?.querySelector('input') ?? null)}
        >
          {t.copy}
        </Button>
        {'share' in navigator ? (
          // Closing the phone's own list is an answer too.
          <Button onClick={() => void navigator.share({ title: name, url }).catch(() => undefined)}>{t.share}</Button>
        ) : null}
      </div>
    </section>
  )
}
