import { AppError } from '../../design-docs/errors.ts'
import { type Account, account as accountSchema } from '../../design-docs/office.ts'
import type { Person } from './admit.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc } from './office.ts'

/** Facts name an account; this is where its person's name is looked up, long after the sign-in. */
export async function rememberAccount(it: Installation, { account, name, event, role, teams }: Person): Promise<void> {
  const _id = `account:${account}`
  const change = (found: Account | null): Account | null => {
    const createdAt = found?.createdAt ?? it.now()
    return { _id, type: 'account', account, name, event, role, teams, createdAt }
  }
  await amendDoc(it.office, _id, { schema: accountSchema, change })
}

/** Who an account is now; ZK-AUTH-006 when it is nobody. */
export async function accountNow(it: Installation, account: string): Promise<Person> {
  const found = await readDoc(it.office, `account:${account}`, accountSchema)
  if (!found) throw new AppError('ZK-AUTH-006')
  const { name, event, role, teams } = found
  return { account, name, event, role: role as Person['role'], teams }
}
