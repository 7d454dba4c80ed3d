import { AppError } from '../../design-docs/errors.ts'
import { credential } from '../../design-docs/sign-in.ts'
import type { Installation } from './installation.ts'
import { readDoc, readDocs, writeAudit } from './office.ts'
import { rememberAccount } from './remember-account.ts'
import { newCode } from './secrets.ts'
import { agentCredentialId, keepCredential } from './team-password.ts'

export type Agent = { account: string; name: string; teams: string[] }

/** Makes someone who acts for teams that have no phone. The secret, 78 bits of chance, is answered once. */
export async function makeAgent(
  it: Installation,
  { event, name, teams, by }: { event: string; name: string; teams: string[]; by: string },
): Promise<Agent & { secret: string }> {
  const account = `agent-${it.random(4).toString('hex')}`
  const secret = `${newCode(it.random)}-${newCode(it.random)}`
  const agent = { account, name, teams }
  await keepCredential(it, agentCredentialId(event, account), { event, secret, by, agent })
  await rememberAccount(it, { ...agent, event, role: 'agent' })
  await writeAudit(it.office, it.now(), { by, action: 'agent-made', about: account, event, details: { name, teams } })
  return { ...agent, secret }
}

/** Those whose id and secret still open a door. */
export async function agentsOf(it: Installation, event: string): Promise<(Agent & { madeAt: number })[]> {
  const all = await readDocs(it.office, `credential:${event}:agent`, credential)
  return all.flatMap(({ agent, setAt }) => (agent ? [{ ...agent, madeAt: setAt }] : []))
}

/** Ends id and secret; devices that are signed in stay so, and can be removed one by one. */
export async function removeAgent(
  it: Installation,
  { event, account, by }: { event: string; account: string; by: string },
): Promise<void> {
  const _id = agentCredentialId(event, account)
  const found = await readDoc(it.office, _id, credential)
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { account } })
  const rev = await it.office.put({ _id, _rev: found._rev, _deleted: true })
  if (rev === null) throw new AppError('ZK-SYS-002')
  await writeAudit(it.office, it.now(), { by, action: 'agent-removed', about: account, event })
}
