import { databaseName } from '../../design-docs/databases.ts'
import { subjectOf } from '../../design-docs/ids.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Config } from '../config.ts'
import { findForgotten } from '../forget/forgotten-events.ts'
import { firstAdminLink } from '../login/first-admin.ts'
import { invitationLink } from '../login/invitation-routes.ts'
import { createInvitation } from '../login/invitations.ts'
import { demoCheckpoints, demoEvent, demoTeams, playDemoDay } from '../operations/demo/make-demo.ts'
import type { RunningServer } from '../start-server.ts'
import { addTeams } from './add-teams.ts'
import { addCheckpoints, createEvent, type EventDraft } from './create-event.ts'
import { registeredEvents } from './event-register.ts'
import { ownEvents } from './own-events.ts'
import { newSetUpTicket } from './set-up-ticket.ts'

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
  const wasForgotten = (await findForgotten(server.it, 'demo')) !== null
  if (events.length === 0 && wasForgotten) await printSetUpLink(server, say)
  else if (events.length === 0) await makeDemo(server, say)
  else if (events.includes('demo')) {
    await printDemoLinks(server, say)
    await playOn(server, say)
  }
}

async function makeDemo(server: RunningServer, say: Say): Promise<void> {
  const { it } = server
  const event = demoEvent(it.now())
  await createEvent(it.couch, event, { now: it.now })
  await addCheckpoints(it.couch, event.code, demoCheckpoints())
  await addTeams(it.couch, event.code, { entries: demoTeams(), now: () => event.startsAt - 86_400_000 })
  await printDemoLinks(server, say)
  await play(server, event, say)
}

/** A demo day that was broken off is played to its end: by the teams of which nothing is recorded yet. */
async function playOn(server: RunningServer, say: Say): Promise<void> {
  const { couch } = server.it
  const rows = await couch.database(databaseName('demo', 'log')).all()
  const setOut = new Set(rows.flatMap(({ id }) => (id.includes(':reception:') ? [subjectOf(id)] : [])))
  const waiting = demoTeams().filter(({ team }) => !setOut.has(team))
  // One team never comes.
  if (waiting.length <= 1) return
  const event = eventSchema.parse(await couch.database(databaseName('demo', 'desk')).get('event'))
  await play(server, event, say, new Set(waiting.map(({ team }) => team)))
}

async function play(server: RunningServer, event: EventDraft, say: Say, only?: ReadonlySet<string>): Promise<void> {
  say('The demo day is being played: teams set out, check in and send photos …\n')
  const day = { base: server.localUrl, event, now: server.it.now, invite: inviteToken(server, event.code) }
  const { facts, refused } = await playDemoDay({ ...day, ...(only && { only }) })
  say(`The demo day is recorded: ${facts} records, ${refused} refused.\n`)
}

const inviteToken = (server: RunningServer, event: string) => async (role: Role, name: string, teams: string[]) => {
  if (role === 'server') throw new Error('the server is invited by nobody')
  const draft = { event, role, name, teams, ttlMinutes: 10, by: 'demo' }
  return (await createInvitation(server.it, draft)).token
}

/** Core staff at the reception search for teams in the staff app; staff in the field see a team once they have scanned its bib. */
const doors: readonly { role: Exclude<Role, 'server'>; name: string; teams: string[]; app?: Role }[] = [
  { role: 'admin', name: '本部 管理者', teams: [] },
  { role: 'judge', name: '審査 小川', teams: [] },
  { role: 'core', name: '受付 佐藤', teams: [], app: 'staff' },
  { role: 'staff', name: '展望台 各務', teams: [] },
  { role: 'participant', name: '101', teams: ['101'] },
]

async function printDemoLinks(server: RunningServer, say: Say): Promise<void> {
  say('\nThe demo event. Each link signs one device in, within a day; the code does the same within ten minutes.\n')
  for (const { role, name, teams, app = role } of doors) {
    const draft = { event: 'demo', role, name, teams, ttlMinutes: 24 * 60, by: 'demo' }
    const made = await createInvitation(server.it, draft)
    say(
      `  ${role.padEnd(12)} ${name.padEnd(8, '\u3000')} ${invitationLink(server.url, app, made)}   code ${made.code}\n`,
    )
  }
  say(`\nA new team enters, without any link, at ${server.url}/enter/demo\n\n`)
}

/** An installation begins with a link to the page that makes its event; an event without an admin, with a link to that. */
async function printSetUpLink({ it, url }: RunningServer, say: Say): Promise<void> {
  const own = await ownEvents(it.couch)
  if (own.length === 0) {
    const link = `${url.replace(/\/$/, '')}/admin/#setup=${await newSetUpTicket(it)}`
    say(`Set-up link for the first admin, good once and for a day:\n  ${link}\n`)
  }
  for (const event of own) {
    const made = await firstAdminLink(it, { event, baseUrl: url })
    if (made)
      say(`Link for the first admin of ${event}, good once and for a day:\n  ${made.link}   code ${made.code}\n`)
  }
}
