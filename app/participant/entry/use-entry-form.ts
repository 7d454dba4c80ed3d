import { useState } from 'preact/hooks'
import type { EntryField } from '../../../design-docs/entry.ts'
import { checkEntry } from '../../../functions/rules/check-entry.ts'
import type { BadEntryField } from '../../../functions/rules/entry-problems.ts'
import type { FormPage } from './entry-api.ts'
import { draftOf, type EntryValues, type MemberValues } from './entry-values.ts'
import { problemText } from './problem-text.ts'
import { isShown, nameOf } from './shown-problems.ts'

export type FormTools = {
  page: FormPage
  values: EntryValues
  change(part: Partial<EntryValues>): void
  changeMember(at: number, part: Partial<MemberValues>): void
  /** What is wrong with a field, in words, once that may be said; `field` is the organizers' own. */
  problem(path: string, field?: EntryField): string | undefined
  /** The field was left: what is wrong with it may be said from now on. */
  leave(path: string): void
  check(): { entry: ReturnType<typeof draftOf>; checked: ReturnType<typeof checkEntry> }
  /** Whether all is well; from now on everything that is not may be said. */
  tryAll(): boolean
  /** What the server found. */
  refuse(fields: readonly BadEntryField[]): void
  /** How many problems are shown after a failed try. */
  shown: number
  /** Grows with each failed try. */
  failures: number
}

type Parts = { page: FormPage; values: EntryValues; onChange(values: EntryValues): void }

/** A form while it is filled in, checked at every stroke by the server's own rules. */
export function useEntryForm({ page, values, onChange }: Parts): FormTools {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<readonly BadEntryField[]>([])
  const [failures, setFailures] = useState(0)
  const { form, classes } = page
  const check = () => {
    const entry = draftOf(values, form)
    return { entry, checked: checkEntry(entry, { form, classes }) }
  }
  const { checked } = check()
  const bad = [...(checked.ok ? [] : checked.bad), ...refused]
  const shown = bad.filter((one) => isShown(one, bad, { values, form, left, tried: failures > 0 }))

  const change = (part: Partial<EntryValues>) => {
    setRefused([])
    onChange({ ...values, ...part })
  }
  return {
    page,
    values,
    change,
    changeMember: (at, part) =>
      change({ members: values.members.map((one, n) => (n === at ? { ...one, ...part } : one)) }),
    problem: (path, field) => {
      const found = shown.find((one) => one.field === path)
      return found && problemText(found, form, field)
    },
    leave: (path) => setLeft((before) => new Set([...before, nameOf(path, values)])),
    check,
    tryAll() {
      if (checked.ok) return true
      setFailures(failures + 1)
      return false
    },
    refuse(fields) {
      setRefused(fields)
      if (fields.length > 0) setFailures((before) => before + 1)
    },
    shown: failures > 0 ? new Set(shown.map(({ field }) => field)).size : 0,
    failures,
  }
}
