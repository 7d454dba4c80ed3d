import { randomBytes } from 'node:crypto'
import { ulid } from '../../design-docs/ids.ts'
import type { MailboxItem, MailPage } from '../../design-docs/mail.ts'
import { openEntries } from './open-entries.ts'
import type { Zekken } from './start-zekken.ts'

/** Enters a team by the form's own door; answers its number. */
export async function enterTeam(zekken: Zekken, name: string): Promise<string> {
  await openEntries(zekken, { members: { min: 1, max: 3 }, kana: 'optional', firstNumber: 301 })
  const entry = {
    name,
    mail: 'misaki@example.org',
    classIds: ['three'],
    members: [{ name: '髙﨑\u3000美咲', kana: 'タカサキ\u3000ミサキ' }],
  }
  const draft = ulid(Date.now(), randomBytes(10))
  const answer = await zekken.post(`/api/events/${zekken.event}/entries`, { draft, entry, language: 'ja' })
  return (answer as { number: string }).number
}

/** The digits in the newest passcode mail of a team, once one has come after `since`. */
export async function mailedPasscode(zekken: Zekken, team: string, since = 0): Promise<string> {
  const root = `/api/events/${zekken.event}/mails`
  for (let tries = 0; tries < 80; tries++) {
    const { mails } = (await zekken.get(root)) as MailPage
    const mail = mails.find((one) => one.occasion === 'sign-in' && one.team === team && one.state === 'sent')
    if (mail && mail.at > since) {
      const { text } = (await zekken.post(`${root}/read`, { key: mail.key })) as MailboxItem
      const digits = /(?:パスコード|Passcode): (\d{6})\n/.exec(text)?.[1]
      if (digits) return digits
    }
    // The server is another process: it can only be asked again.
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`no passcode was mailed to team ${team}`)
}
