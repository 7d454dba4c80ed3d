import { eventRules } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Config } from '../config.ts'
import { firstAdminLink } from '../login/first-admin.ts'
import { invitationLink } from '../login/invitation-routes.ts'
import { createInvitation } from '../login/invitations.ts'
import { demoCheckpoints, demoEvent, demoTeams, playDemoDay } from '../operations/demo/make-demo.ts'
import type { RunningServer } from '../start-server.ts'
import { addTeams } from './add-teams.ts'
import { addCheckpoints, createEvent, type EventDraft } from './create-event.ts'
import { registeredEvents } from './event-register.ts'

type Say = (text: string) => void

/**
 * What a start says and does once the server answers: on an empty installation it makes the demo event, or without one
 * prints the way in for the first admin; where the demo event is, it prints fresh links to it.
 */
export async function firstSteps(server: RunningServer, config: Config, say: Say): Promise<void> {
  say(`zekken is running: ${server.url}\n`)
  const events = (await registeredEvents(server.it.couch)).map((event) => event.code)
  if (!config.runFunctions) return
  if (!config.demo) {
    await printSetUpLink(server, say)
    return
  }
  if (events.length === 0) await makeDemo(server, say)
  else if (events.includes('demo')) await printDemoLinks(server, say)
}

async function makeDemo(server: RunningServer, say: Say): Promise<void> {
  const { it } = server
  const event = demoEvent(it.now())
  await createEvent(it.couch, event, { now: it.now })
  await addCheckpoints(it.couch, event.code, demoCheckpoints())
  await addTeams(it.couch, event.code, { entries: demoTeams(), now: () => event.startsAt - 86_400_000 })
  await printDemoLinks(server, say)
  say('The demo day is being played: teams set out, check in and send photos …\n')
  const day = { base: server.localUrl, event, now: it.now, invite: inviteToken(server, event.code) }
  const { facts, refused } = await playDemoDay(day)
  say(`The demo day is recorded: ${facts} records, ${refused} refused.\n`)
}

const inviteToken = (server: RunningServer, event: string) => async (role: Role, name: string, teams: string[]) => {
  if (role === 'server') throw new Error('the server is invited by nobody')
  const draft = { event, role, name, teams, ttlMinutes: 10, by: 'demo' }
  return (await createInvitation(server.it, draft)).token
}

const doors = [
  { role: 'admin', name: '本部 管理者', teams: [] },
  { role: 'judge', name: '審査 小川', teams: [] },
  { role: 'staff', name: '受付 佐藤', teams: [] },
  { role: 'staff', name: '展望台 各務', teams: [] },
  { role: 'participant', name: '101', teams: ['101'] },
] as const

async function printDemoLinks(server: RunningServer, say: Say): Promise<void> {
  say('\nThe demo event. Each link signs one device in, within a day; the code does the same within ten minutes.\n')
  for (const { role, name, teams } of doors) {
    const draft = { event: 'demo', role, name, teams, ttlMinutes: 24 * 60, by: 'demo' }
    const made = await createInvitation(server.it, draft)
    say(
      `  ${role.padEnd(12)} ${name.padEnd(8, '\u3000')} ${invitationLink(server.url, role, made)}   code ${made.code}\n`,
    )
  }
  say('\n')
}

/** An installation begins with one draft event, which its first admin fills in. */
async function printSetUpLink({ it, url }: RunningServer, say: Say): Promise<void> {
  if ((await registeredEvents(it.couch)).length === 0)
    await createEvent(it.couch, draftEvent(it.now()), { now: it.now })
  const made = await firstAdminLink(it, { event: draftCode, baseUrl: url })
  if (made) say(`Set-up link for the first admin, good once and for a day:\n  ${made.link}   code ${made.code}\n`)
}

const draftCode = 'main'
function draftEvent(now: number): EventDraft {
  const day = 86_400_000
  const startsAt = Math.ceil(now / day) * day + 14 * day
  return {
    code: draftCode,
    name: { ja: '新しい大会', en: 'New event' },
    timeZone: 'Asia/Tokyo',
    phase: 'draft',
    startsAt,
    endsAt: startsAt + 8 * 3_600_000,
    classes: [{ id: 'open', name: { ja: '一般', en: 'Open' }, startsAt: startsAt + 3_600_000, limitMinutes: 180 }],
    rules: eventRules.parse({}),
  }
}
