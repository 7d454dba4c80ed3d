import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode, teamNumber } from '../../design-docs/primitives.ts'
import { readJson } from '../gateway/read-body.ts'
import { queuePasscode } from '../post/queue-passcode.ts'
import { isRegistered } from '../setup/event-register.ts'
import { admit } from './admit.ts'
import { deviceDraft } from './devices.ts'
import { entrantOfNumber, typedNumber } from './entrant-of-number.ts'
import type { Installation } from './installation.ts'
import { askAgainMs, issuePasscode, passcodeMs, usePasscode } from './passcodes.ts'
import { addressOf, rateLimit } from './rate-limit.ts'
import { rememberAccount } from './remember-account.ts'
import { signInEvents } from './sign-in-events.ts'
import { teamPerson } from './team-person.ts'
import { countHourly, guess } from './tries.ts'

const number = z.string().max(40).transform(typedNumber).pipe(teamNumber)
const digits = z
  .string()
  .max(40)
  .transform((text) => text.normalize('NFKC').replace(/[^0-9]/g, ''))
  .pipe(z.string().length(6))
const asking = z.object({ event: eventCode, number })
const answering = z.object({ event: eventCode, number, passcode: digits, device: deviceDraft })

/** A venue's phones share one address. */
const perMinute = 120
/** One address may have entered a school's teams. */
const mailsAnHour = 20

type Options = {
  https?: boolean
  /** Begins what no answer waits for. */
  later?: (work: () => Promise<void>) => void
}

/**
 * Sign-in by receipt number and mailed passcode, to be mounted at `/api/login`. Asking is answered before anybody has
 * looked whether the number exists; answering costs a wrong code of any number the same reads and writes.
 */
export function passcodeRoutes(it: Installation, { https = false, later }: Options = {}): Hono {
  const app = new Hono()
  const tries = rateLimit({ tries: perMinute, windowMs: 60_000, now: it.now })
  const begin = later ?? ((work) => void work().catch((error) => it.warn('a passcode could not be queued', error)))

  app.get('/events', async (c) => c.json({ events: await signInEvents(it) }))

  app.post('/passcode/ask', async (c) => {
    tries.take(addressOf(c))
    const asked = await readJson(c, asking)
    begin(() => mailPasscode(it, asked))
    return c.json({ expiresInMs: passcodeMs, askAgainInMs: askAgainMs }, 202)
  })

  app.post('/passcode', async (c) => {
    tries.take(addressOf(c))
    const { event, number, passcode, device } = await readJson(c, answering)
    if (!(await isRegistered(it.couch, event))) throw new AppError('ZK-PLAN-004')
    c.set('about', { event, number })
    const entered = await guess(it, `${event}:${number}`, async () => {
      await usePasscode(it, { event, number }, { digits: passcode, device: device.id })
      const found = await entrantOfNumber(it, event, number)
      if (!found) throw new AppError('ZK-AUTH-006')
      return found
    })
    const person = teamPerson(event, { number: entered.number, name: entered.entry.name })
    await rememberAccount(it, person)
    return c.json(await admit(it, c, { person, device, way: 'passcode', https }))
  })

  return app
}

/** Queues the mail where there is someone to write to. */
async function mailPasscode(it: Installation, { event, number }: z.infer<typeof asking>): Promise<void> {
  if (!(await isRegistered(it.couch, event))) return
  const issued = await issuePasscode(it, { event, number })
  const entered = issued && (await entrantOfNumber(it, event, number))
  if (!entered) return
  // Kept without the address itself.
  const address = createHmac('sha256', it.keys.hmac).update(`mailed:${entered.entry.mail.toLowerCase()}`).digest('hex')
  if (await countHourly(it, `mailed:${address}`, mailsAnHour)) await queuePasscode(it, entered, issued.mail)
}
