import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import { type Credential, credential as credentialSchema } from '../../design-docs/sign-in.ts'
import { demandRemembered } from '../forget/forgotten-teams.ts'
import { turns } from '../turns.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc, writeAudit } from './office.ts'

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt, with 32 MB for each. */
const cost = { n: 2 ** 15, r: 8, p: 3 }
const hashBytes = 32
/** So many at once: each takes 32 MB, and the threads that reckon are those that write files. */
const inTurn = turns(2)

export const teamCredentialId = (event: string, number: string) => `credential:${event}:team:${number}`
export const agentCredentialId = (event: string, account: string) => `credential:${event}:agent:${account}`

/** Makes a password the team's; the one before it ends. Whoever calls has the right to. */
export async function setTeamPassword(
  it: Installation,
  { event, team, password, by = 'server' }: { event: string; team: string; password: string; by?: string },
): Promise<void> {
  await demandRemembered(it, event, [team])
  await keepCredential(it, teamCredentialId(event, team), { event, secret: password, by })
  await writeAudit(it.office, it.now(), { by, action: 'password-set', about: team, event })
}

/** Keeps what a secret can be known again by. */
export async function keepCredential(
  it: Installation,
  _id: string,
  { event, secret, by, agent }: { event: string; secret: string; by: string; agent?: Credential['agent'] },
): Promise<void> {
  if (normal(secret) === '') throw new AppError('ZK-SYS-004')
  const salt = it.random(16).toString('hex')
  const hash = await hashOf(it, secret, { salt, cost })
  const fresh: Credential = {
    _id,
    type: 'credential',
    event,
    salt,
    hash,
    cost,
    setAt: it.now(),
    setBy: by,
    ...(agent ? { agent } : {}),
  }
  await amendDoc(it.office, _id, { schema: credentialSchema, change: () => fresh })
}

/** The credential that the secret belongs to; throws ZK-AUTH-006. One that is not there takes as long as one that is. */
export async function demandCredential(it: Installation, _id: string, secret: string): Promise<Credential> {
  const found = await readDoc(it.office, _id, credentialSchema)
  const hash = await hashOf(it, secret, found ?? { salt: nobodysSalt, cost })
  const wanted = Buffer.from(found?.hash ?? nobodysHash, 'hex')
  const same = timingSafeEqual(Buffer.from(hash, 'hex'), wanted)
  if (!found || !same) throw new AppError('ZK-AUTH-006')
  return found
}

const nobodysSalt = randomBytes(16).toString('hex')
const nobodysHash = randomBytes(hashBytes).toString('hex')

/** The same password however wide it was typed. */
const normal = (secret: string) => secret.normalize('NFKC').trim()

async function hashOf(
  it: Pick<Installation, 'keys'>,
  secret: string,
  { salt, cost: { n, r, p } }: Pick<Credential, 'salt' | 'cost'>,
): Promise<string> {
  const stretched = await inTurn(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const options = { N: n, r, p, maxmem: 256 * n * r }
        scrypt(normal(secret), Buffer.from(salt, 'hex'), hashBytes, options, (error, key) =>
          error ? reject(error) : resolve(key),
        )
      }),
  )
  return createHmac('sha256', it.keys.hmac).update('credential:').update(stretched).digest('hex')
}
