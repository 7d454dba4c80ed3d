import { useState } from 'preact/hooks'
import type { EntryField } from '../../../design-docs/entry.ts'
import { checkApplication } from '../../../functions/rules/check-application.ts'
import type { BadEntryField } from '../../../functions/rules/entry-problems.ts'
import type { StaffPage } from '../entry/entry-api.ts'
import { problemText } from '../entry/problem-text.ts'
import { type ApplyValues, applicationOf } from './apply-values.ts'

const noMembers = { members: { min: 0, max: 0 } }

type Parts = { page: StaffPage; values: ApplyValues; onChange(values: ApplyValues): void }

/** An application while it is filled in, checked at every stroke by the server's own rules; said once a field was left. */
export function useApplyForm({ page, values, onChange }: Parts) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<readonly BadEntryField[]>([])
  const [failures, setFailures] = useState(0)
  const checked = checkApplication(applicationOf(values, page.fields), page)
  const bad = [...(checked.ok ? [] : checked.bad), ...refused]
  // Who has written too much hears it at the next letter, not at the end.
  const isSaid = ({ field, problem }: BadEntryField) => failures > 0 || left.has(field) || problem === 'too-long'
  const shown = bad.filter(isSaid)
  return {
    checked,
    change(part: Partial<ApplyValues>) {
      setRefused([])
      onChange({ ...values, ...part })
    },
    problem(path: string, own?: EntryField): string | undefined {
      const found = shown.find(({ field }) => field === path)
      return found && problemText(found, noMembers, own)
    },
    leave: (path: string) => setLeft((before) => new Set([...before, path])),
    /** Whether all is well; from now on everything that is not may be said. */
    tryAll() {
      if (!checked.ok) setFailures(failures + 1)
      return checked.ok
    },
    refuse(fields: readonly BadEntryField[]) {
      setRefused(fields)
      if (fields.length > 0) setFailures((before) => before + 1)
    },
    shown: failures > 0 ? new Set(shown.map(({ field }) => field)).size : 0,
    failures,
  }
}
