import { createHash } from 'node:crypto'
import { defaultBudgets, loopback, mailAddress, type Station } from '../../design-docs/stations.ts'

/** A station as `SMTP_URLS` names it; its password is kept nowhere else. */
export type EnvStation = Pick<Station, 'id' | 'name' | 'host' | 'port' | 'security' | 'user' | 'from'> & {
  password: string
  mailsPerDay: number
  minutesPerDay: number
}

/**
 * `smtp(s)://user:pass@host:port?from=…`, comma separated; a comma in a password is `%2C`. `smtps` is TLS from the start,
 * `smtp` STARTTLS, which only a host on this machine may do without. Throws with what is wrong, never with a password.
 */
export const readSmtpUrls = (text: string): EnvStation[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part, index) => readOne(part, `the ${index + 1}. address`))

function readOne(part: string, which: string): EnvStation {
  const url = URL.canParse(part) ? new URL(part) : null
  if (!url?.hostname || !/^smtps?:$/.test(url.protocol))
    throw new Error(`${which} is not smtp(s)://user:pass@host:port`)
  const host = url.hostname
  const secure = url.protocol === 'smtps:'
  const port = Number(url.port) || (secure ? 465 : 587)
  const user = decodeURIComponent(url.username)
  const from = url.searchParams.get('from') ?? user
  if (!mailAddress.safeParse(from).success) throw new Error(`${which} has no sender: add ?from=address`)
  const number = (name: 'mailsPerDay' | 'minutesPerDay', least: number) => {
    const value = Number(url.searchParams.get(name) ?? defaultBudgets[name])
    if (!Number.isInteger(value) || value < least)
      throw new Error(`${which}: ${name} is not a number of at least ${least}`)
    return value
  }
  return {
    id: createHash('sha256').update(`${user}@${host}:${port}/${from}`).digest('hex').slice(0, 16),
    name: user || from,
    host,
    port,
    security: secure ? 'tls' : loopback.test(host) ? 'plain' : 'starttls',
    user,
    from,
    password: decodeURIComponent(url.password),
    mailsPerDay: number('mailsPerDay', 1),
    minutesPerDay: number('minutesPerDay', 2),
  }
}
