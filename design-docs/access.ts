import type { FactType } from './facts.ts'
import type { Menu } from './menus.ts'
import type { Role } from './primitives.ts'

/**
 * The one table of who may do what. The gateway, the API, the validators in the databases and the tests walk it.
 * `own` limits a right to the caller's team (participant) or named teams (agent).
 */
type Right = 'any' | 'own'

const staffRoles = ['staff', 'core', 'corner', 'judge', 'admin'] as const satisfies readonly Role[]
/** Who speaks for the organizers in a team's thread: judges too, since teams ask about their decisions. */
export const headquarters = ['core', 'judge', 'admin'] as const satisfies readonly Role[]
const rights = (roles: readonly Role[], right: Right = 'any') =>
  Object.fromEntries(roles.map((role) => [role, right])) as Partial<Record<Role, Right>>

/** Which role may author which fact. `server` writes what no device may. */
export const factRights: Record<FactType, Partial<Record<Role, Right>>> = {
  checkin: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  photo: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  scan: rights(staffRoles),
  reception: rights(['staff', 'core', 'admin']),
  bind: rights(['staff', 'core', 'admin']),
  retire: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  help: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  correction: rights(['staff', 'core', 'admin']),
  void: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  review: rights(['judge', 'admin']),
  adjustment: rights(['judge', 'admin']),
  ruling: rights(['judge', 'admin']),
  timing: rights(['judge', 'admin']),
  back: rights(staffRoles),
  notice: rights(['core', 'admin']),
  chat: { ...rights(headquarters), ...rights(['participant', 'agent'], 'own') },
  read: { ...rights(headquarters), ...rights(['participant', 'agent'], 'own') },
  handling: rights(headquarters),
  ask: rights(['participant', 'agent'], 'own'),
  answer: { ...rights(staffRoles), ...rights(['participant', 'agent'], 'own') },
  // Not by the team itself: a palette is a reason to come to the corner.
  collected: rights(staffRoles),
  original: rights(['server']),
  arrival: rights(['server']),
  entry: rights(['server']),
}

/** Forms of a picture: sizes of what was taken, what was made of it by palettes, and the file itself. */
export const imageVariants = ['thumbnail', 'screen', 'large', 'painted', 'recoloured', 'clustered', 'original'] as const
export type ImageVariant = (typeof imageVariants)[number]

/** Who may have which form of a picture opened. An original still says where and with what it was taken. */
export const imageRights: Record<ImageVariant, Partial<Record<Role, Right>>> = {
  thumbnail: { ...rights(['judge', 'core', 'admin']), ...rights(['participant', 'agent'], 'own') },
  screen: { ...rights(['judge', 'core', 'admin']), ...rights(['participant', 'agent'], 'own') },
  large: { ...rights(['judge', 'core', 'admin']), ...rights(['participant', 'agent'], 'own') },
  painted: { ...rights(['judge', 'core', 'admin']), ...rights(['participant', 'agent'], 'own') },
  recoloured: { ...rights(['judge', 'core', 'admin']), ...rights(['participant', 'agent'], 'own') },
  clustered: rights(['judge', 'core', 'admin']),
  original: rights(['judge', 'admin']),
}

/** Whether the caller may have this form of a picture of this team. */
export function mayOpenImage(
  caller: Pick<Caller, 'roles' | 'teams'>,
  variant: ImageVariant,
  team: string | undefined,
): boolean {
  return caller.roles.some((role) => {
    const right = imageRights[variant][role]
    return right === 'any' || (right === 'own' && team !== undefined && caller.teams.includes(team))
  })
}

/** Who asks, as the access token says. `teams` are the own team of a participant or the named ones of an agent. */
export type Caller = {
  account: string
  device: string
  event: string
  roles: readonly Role[]
  teams: readonly string[]
  session: string
  /** Milliseconds since 1970: when the token runs out, and open feeds with it. */
  expiresAt: number
}

/** Whether someone acting as `as` may author a fact of this type about this team. */
export function mayAuthor(as: Role, type: FactType, team: string | undefined, teams: readonly string[]): boolean {
  const right = factRights[type][as]
  if (right === undefined) return false
  return right === 'any' || (team !== undefined && teams.includes(team))
}

const readers = ['judge', 'core', 'admin'] as const satisfies readonly Role[]
const coreAndAdmins = ['core', 'admin'] as const satisfies readonly Role[]
const judges = ['judge', 'admin'] as const satisfies readonly Role[]
const admins = ['admin'] as const satisfies readonly Role[]
/** Programs of the organizers, by a token that an operator made for them. */
const registrars = ['core', 'admin'] as const satisfies readonly Role[]
/** Who lets a team's phone in at the reception when its mail does not come. */
export const signInMakers = ['core', 'admin'] as const satisfies readonly Role[]
const signedIn = [...staffRoles, 'participant', 'agent', 'display'] as const satisfies readonly Role[]
const photographers = [...staffRoles, 'participant', 'agent'] as const satisfies readonly Role[]

/** `anyone` or the roles of a token. */
export type RouteRight = 'anyone' | readonly Role[]

/**
 * Who may call which route, as `METHOD path`; a route that is not here is closed. `anyone` needs no token: the route
 * itself asks for an invitation, a passcode, a password, a set-up link, a link to an entry, a cookie, a signed order or the word of an OpenID issuer. `{event}` must be the caller's own event.
 */
export const routeRights = {
  'POST /api/login/invitation': 'anyone',
  'POST /api/login/invitation/look': 'anyone',
  'GET /api/login/events': 'anyone',
  'POST /api/login/passcode/ask': 'anyone',
  'POST /api/login/passcode': 'anyone',
  'POST /api/login/team': 'anyone',
  'POST /api/login/agent': 'anyone',
  'POST /api/login/passkey/start': 'anyone',
  'POST /api/login/passkey': 'anyone',
  'GET /api/login/oidc': 'anyone',
  'POST /api/login/oidc': 'anyone',
  'POST /api/login/oidc/start': 'anyone',
  'GET /api/login/oidc/callback': 'anyone',
  'POST /api/login/refresh': 'anyone',
  'POST /api/login/leave': 'anyone',
  'POST /api/setup': 'anyone',
  'POST /api/setup/look': 'anyone',
  'POST /api/quarantine': 'anyone',
  'GET /api/events/{event}/entry-form': 'anyone',
  'POST /api/events/{event}/entries': 'anyone',
  'GET /api/events/{event}/entries/{draft}': 'anyone',
  'PUT /api/events/{event}/entries/{draft}': 'anyone',
  'DELETE /api/events/{event}/entries/{draft}': 'anyone',
  'GET /api/events/{event}/staff-form': 'anyone',
  'GET /api/forgotten/{code}': 'anyone',
  'GET /api/events/{event}/retention': readers,
  'GET /api/events/{event}/forgetting': admins,
  'POST /api/events/{event}/forgetting': admins,
  'DELETE /api/events/{event}/forgetting': admins,
  'POST /api/events/{event}/applications': 'anyone',
  'POST /api/devices/heartbeat': signedIn,
  'GET /api/devices/own': signedIn,
  'DELETE /api/devices/own/{device}': signedIn,
  'PUT /api/film/{photo}/{piece}': photographers,
  'GET /api/film/{photo}': photographers,
  'POST /api/images/{image}/url': signedIn,
  'GET /api/images/{image}/updated': signedIn,
  'GET /api/images/{image}/{size}': signedIn,
  'GET /api/events/{event}/codes': readers,
  'GET /api/events/{event}/cases': readers,
  'GET /api/events/{event}/parcels': readers,
  'POST /api/events/{event}/parcels/look': photographers,
  'POST /api/events/{event}/parcels': photographers,
  'PUT /api/events/{event}/parcels/{parcel}/{photo}/{piece}': photographers,
  'POST /api/events/{event}/invitations': admins,
  'POST /api/events/{event}/teams/{team}/sign-in': signInMakers,
  'PUT /api/events/{event}/teams/{team}/password': signInMakers,
  'GET /api/events/{event}/passkeys': admins,
  'POST /api/events/{event}/passkeys/start': admins,
  'POST /api/events/{event}/passkeys': admins,
  'DELETE /api/events/{event}/passkeys/{passkey}': admins,
  'GET /api/events/{event}/agents': admins,
  'POST /api/events/{event}/agents': admins,
  'DELETE /api/events/{event}/agents/{account}': admins,
  'GET /api/events/{event}/applicants': admins,
  'PUT /api/events/{event}/applicants/{account}': admins,
  'PUT /api/events/{event}/applications/{draft}': admins,
  'GET /api/events/{event}/invitations': admins,
  'DELETE /api/events/{event}/invitations/{account}': admins,
  'DELETE /api/events/{event}/devices/{device}': admins,
  'GET /api/events/{event}/refused': readers,
  'GET /api/events/{event}/cash-up': coreAndAdmins,
  'GET /api/events/{event}/quarantine': admins,
  'GET /api/events/{event}/quarantine/{device}/unreadable/{sha256}': admins,
  'POST /api/events/{event}/quarantine/{device}/accept': admins,
  'POST /api/events/{event}/quarantine/{device}/discard': admins,
  'GET /api/events/{event}/accounts': readers,
  'GET /api/events/{event}/audit': admins,
  'GET /api/events/{event}/audit.csv': admins,
  'POST /api/events/{event}/decisions/effect': judges,
  'GET /api/events/{event}/review-counts': judges,
  'GET /api/events/{event}/bulks': judges,
  'POST /api/events/{event}/bulks': judges,
  'POST /api/events/{event}/bulks/look': judges,
  'POST /api/events/{event}/bulks/{bulk}/run': judges,
  'POST /api/events/{event}/bulks/{bulk}/undo': judges,
  'GET /api/events/{event}/out': readers,
  'GET /api/events/{event}/double-scans': judges,
  'GET /api/events/{event}/double-scans.csv': judges,
  'GET /api/events/{event}/protests': judges,
  'GET /api/events/{event}/notices/{notice}/unseen': readers,
  'POST /api/confirm-checkin-validation': judges,
  'POST /api/confirm-checkin-validation/': judges,
  'GET /api/events/{event}/mails': admins,
  'POST /api/events/{event}/mails/read': admins,
  'POST /api/events/{event}/mails/retry': admins,
  'GET /api/events/{event}/stations': admins,
  'POST /api/events/{event}/stations': admins,
  'PUT /api/events/{event}/stations/{station}': admins,
  'DELETE /api/events/{event}/stations/{station}': admins,
  'POST /api/events/{event}/stations/{station}/test': admins,
  'PUT /api/events/{event}/post-settings': admins,
  'GET /api/events/{event}/post-log': admins,
  'GET /api/events/{event}/mailings': admins,
  'POST /api/events/{event}/mailings': admins,
  'POST /api/events/{event}/mailings/preview': admins,
  'POST /api/events/{event}/mailings/{mailing}/cancel': admins,
  'POST /register_team': registrars,
  'POST /api/register_team': registrars,
  'POST /update_team_name': registrars,
  'POST /api/update_team_name': registrars,
  'POST /generate_scoreboard': registrars,
  'POST /api/generate_scoreboard': registrars,
  'POST /bulk-upload-photos/': readers,
  'POST /api/bulk-upload-photos/': readers,
  'GET /api/openapi.json': 'anyone',
  'GET /api/docs': 'anyone',
  'GET /api/events': signedIn,
  'GET /api/events/{event}/overview': readers,
  'GET /api/events/{event}/devices': readers,
  'GET /api/events/{event}/people': readers,
  'GET /api/events/{event}/problems': readers,
  'POST /api/events/{event}/problems/redrive': ['admin'],
  'GET /api/events/{event}/notices': readers,
  'GET /api/events/{event}/threads': headquarters,
  'GET /api/events/{event}/threads/{team}': headquarters,
  'GET /api/events/{event}/chat-log': headquarters,
  'GET /api/events/{event}/canned-replies': headquarters,
  'PUT /api/events/{event}/canned-replies': registrars,
  'GET /api/events/{event}/teams': readers,
  'GET /api/events/{event}/teams/{team}': readers,
  'GET /api/events/{event}/teams/{team}/forgetting': admins,
  'POST /api/events/{event}/teams/{team}/forgetting': admins,
  'GET /api/events/{event}/teams/{team}/bib': readers,
  'GET /api/events/{event}/teams/{team}/outside': readers,
  'POST /api/events/{event}/teams/{team}/outside': registrars,
  'POST /api/events/{event}/print/bibs': readers,
  'POST /api/events/{event}/print/bibs/job': readers,
  'POST /api/events/{event}/print/posters': readers,
  'GET /api/events/{event}/print/blank-bibs': readers,
  'POST /api/events/{event}/print/blank-bibs': registrars,
  'GET /api/events/{event}/rankings/{class}': readers,
  'GET /api/events/{event}/exports/{file}': readers,
  'POST /api/events/{event}/exports/{file}/job': readers,
  'GET /api/events/{event}/publication': readers,
  'PUT /api/events/{event}/publication': admins,
  'POST /api/events/{event}/snapshots': judges,
  'GET /api/events/{event}/comparison': readers,
  'GET /api/events/{event}/certificate': readers,
  'PUT /api/events/{event}/certificate': admins,
  'GET /api/events/{event}/review': judges,
  'GET /api/events/{event}/review/{checkin}': readers,
  'POST /api/events/{event}/claims': judges,
  'POST /api/events/{event}/decisions': readers,
  'GET /api/events/{event}/menus': admins,
  'PUT /api/events/{event}/menus': admins,
  'GET /api/events/{event}/settings': admins,
  'PUT /api/events/{event}/settings/{key}': admins,
  'GET /api/events/{event}/plan': readers,
  'POST /api/events/{event}/plan/preview': ['admin'],
  'PUT /api/events/{event}/plan/event': ['admin'],
  'PUT /api/events/{event}/plan/checkpoints/{number}': ['admin'],
  'GET /api/events/{event}/plan/checkpoints/{number}/reference': readers,
  'PUT /api/events/{event}/plan/checkpoints/{number}/reference': ['admin'],
  'GET /api/events/{event}/uploads': readers,
  'GET /api/events/{event}/uploads/{batch}': readers,
  'PUT /api/events/{event}/uploads/{batch}': readers,
  'DELETE /api/events/{event}/uploads/{batch}': readers,
  'POST /api/events/{event}/uploads/{batch}/known': readers,
  'PUT /api/events/{event}/uploads/{batch}/files/{sha256}': readers,
  'GET /api/events/{event}/uploads/{batch}/files/{sha256}/preview': readers,
  'POST /api/events/{event}/uploads/{batch}/choices': readers,
  'POST /api/events/{event}/uploads/{batch}/settings': readers,
  'POST /api/events/{event}/uploads/{batch}/take': readers,
  'GET /api/events/{event}/uploads/{batch}/results.csv': readers,
  'GET /api/events/{event}/alike-photos': readers,
  'GET /api/events/{event}/palettes': readers,
  'POST /api/events/{event}/palettes': admins,
  'PUT /api/events/{event}/palettes/{photo}': admins,
  'GET /api/events/{event}/palettes/{photo}/{picture}': readers,
  'GET /api/events/{event}/visitors': readers,
  'POST /api/events/{event}/contact-sheet/job': readers,
  'GET /api/events/{event}/visitors/{team}': readers,
  'GET /api/events/{event}/visitors/{team}/{picture}': readers,
  'POST /api/events/{event}/visitors/{team}/repaint': registrars,
  'GET /api/events/{event}/teams/{team}/pictures': readers,
  'PUT /api/events/{event}/pictures/{photo}/palette': registrars,
  'GET /api/events/{event}/pictures/{photo}/recoloured': readers,
  'GET /api/events/{event}/pages': readers,
  'PUT /api/events/{event}/page-order': admins,
  'PUT /api/events/{event}/pages/{page}': admins,
  'PUT /api/events/{event}/pages/{page}/picture': admins,
  'GET /api/events/{event}/pages/{page}/pictures/{picture}': readers,
  'GET /api/events/{event}/surveys': readers,
  'PUT /api/events/{event}/surveys/{survey}': admins,
  'GET /api/events/{event}/surveys/{survey}/results': readers,
  'GET /api/events/{event}/surveys/{survey}/answers.csv': readers,
  'POST /api/events/{event}/imports/checkpoints': ['admin'],
  'POST /api/events/{event}/imports/teams': ['admin'],
  'GET /api/live': readers,
  'GET /api/events/{event}/scoreboards': readers,
  'POST /api/events/{event}/scoreboards': registrars,
  'GET /api/events/{event}/scoreboards/{team}/{format}': readers,
  'GET /api/events/{event}/image-links': registrars,
  'DELETE /api/events/{event}/image-links/{link}': registrars,
  'GET /api/events/{event}/report-links': registrars,
  'POST /api/events/{event}/report-links': registrars,
  'DELETE /api/events/{event}/report-links/{link}': registrars,
  'GET /api/events/{event}/jobs': readers,
  'GET /api/events/{event}/jobs/{job}': readers,
  /** Judges: of jobs that they ordered themselves. */
  'POST /api/events/{event}/jobs/{job}/cancel': readers,
  'POST /api/events/{event}/jobs/{job}/redrive': readers,
  'POST /api/events/{event}/jobs/{job}/files/{file}': readers,
  'POST /api/operations/replay': ['server'],
  'POST /api/operations/redrive': ['server'],
  'POST /api/operations/sweep': ['server'],
  'POST /api/operations/audit': ['server'],
} as const satisfies Record<string, RouteRight>

/** Routes that only a role with this menu may call, beside the table above. */
export const routeMenus: Partial<Record<keyof typeof routeRights, Menu>> = {
  'GET /api/events/{event}/teams': 'search',
  'GET /api/events/{event}/teams/{team}': 'search',
  'GET /api/events/{event}/teams/{team}/bib': 'search',
  'GET /api/events/{event}/review': 'review',
  'GET /api/events/{event}/review/{checkin}': 'review',
  'POST /api/events/{event}/claims': 'review',
  'GET /api/events/{event}/review-counts': 'review',
  'GET /api/events/{event}/bulks': 'review',
  'POST /api/events/{event}/bulks': 'review',
  'POST /api/events/{event}/bulks/look': 'review',
  'POST /api/events/{event}/bulks/{bulk}/run': 'review',
  'POST /api/events/{event}/bulks/{bulk}/undo': 'review',
  'POST /api/confirm-checkin-validation': 'review',
  'POST /api/confirm-checkin-validation/': 'review',
  'GET /api/events/{event}/rankings/{class}': 'results',
  'GET /api/events/{event}/exports/{file}': 'results',
  'POST /api/events/{event}/exports/{file}/job': 'results',
  'GET /api/events/{event}/publication': 'results',
  'GET /api/events/{event}/comparison': 'results',
}

/** Whether one of the caller's roles is among those of the right. */
export function mayCall(right: RouteRight, roles: readonly Role[]): boolean {
  return right === 'anyone' || roles.some((role) => right.includes(role))
}
