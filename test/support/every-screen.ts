import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A screen as a person comes to it: the pattern of its route, one path that it answers to, and what shows that it is there. */
export type Screen = readonly [pattern: string, path: string, ready: string]
/** What the screens of the table show, made beforehand. */
export const survey = 'hiking-boots'
export const batch = '01J8Z0000000000000000000B0'

export const deskScreens: readonly Screen[] = [
  ['/admin/', '', '.figures'],
  ['/admin/review', 'review', '.photo img'],
  ['/admin/disputes', 'disputes', '.page h1'],
  ['/admin/disputes/:tab', 'disputes/times', '.page h1'],
  ['/admin/out', 'out', '.page section.stack'],
  ['/admin/links', 'links', '.page section.sheet'],
  ['/admin/audit', 'audit', '.page .list, .page .table'],
  ['/admin/rankings', 'rankings', '.ranking'],
  ['/admin/rankings/:classId', 'rankings/three', '.ranking'],
  ['/admin/teams', 'teams', '.list .cover'],
  ['/admin/teams/:team', 'teams/101', '.story'],
  ['/admin/devices', 'devices', '.table'],
  ['/admin/problems', 'problems', '.page .state, .page .list'],
  ['/admin/cash-up', 'cash-up', 'tfoot'],
  ['/admin/cases', 'cases', '.page .state, .page .list'],
  ['/admin/parcels', 'parcels', '.page .drop'],
  ['/admin/invitations', 'invitations', 'form'],
  ['/admin/notices', 'notices', '.page li h2'],
  ['/admin/chat', 'chat', '.chat-list li'],
  ['/admin/chat/:team', 'chat/101', '.chat-thread textarea'],
  ['/admin/pages', 'pages', '.page li h2'],
  ['/admin/surveys', 'surveys', '.page li'],
  ['/admin/surveys/:survey', `surveys/${survey}`, '.page h2'],
  ['/admin/palettes', 'palettes', '.page .state'],
  ['/admin/uploads', 'uploads', '.page .list'],
  ['/admin/uploads/alike', 'uploads/alike', '.page .state'],
  ['/admin/uploads/:batch', `uploads/${batch}`, '.page h1'],
  ['/admin/mails', 'mails', '.page .state, .page .list'],
  ['/admin/mails/stations', 'mails/stations', '.page form, .page .state, .page .sheet'],
  ['/admin/mails/mailings', 'mails/mailings', '.page form, .page .state, .page .sheet'],
  ['/admin/forgetting', 'forgetting', '.page .sheet, .page .state'],
  ['/admin/print', 'print', '.page .sheet'],
  ['/admin/exports', 'exports', '.page .sheet, .page .list'],
  ['/admin/scoreboards', 'scoreboards', '.page .sheet, .page .list'],
  ['/admin/setup', 'setup', '.sheet .field'],
  ['/admin/setup/:part', 'setup/checkpoints', '.list.numbered'],
]

export const staffScreens: readonly Screen[] = [
  ['/staff/station', 'station', '.choice'],
  ['/staff/', '', '.scan-box'],
  ['/staff/search', 'search', 'input[type=search]'],
  ['/staff/team/:number', 'team/101', '.team-bib'],
  ['/staff/team/:number/reception', 'team/101/reception', '.ticks'],
  ['/staff/team/:number/new', 'team/777/new', '.stage form, .stage .state'],
  ['/staff/records', 'records', '.stage .state, .stage .list'],
  ['/staff/notices', 'notices', '.told'],
  ['/staff/info/:kind?/:slug?', 'info', '.stage h1'],
  ['/staff/sync', 'sync', '.notice'],
]

export const teamScreens: readonly Screen[] = [
  ['/team/', '', '.own-number'],
  ['/team/check-in', 'check-in', '.place'],
  ['/team/check-in/:number', 'check-in/34', 'main h1'],
  ['/team/notices', 'notices', '.told'],
  ['/team/number', 'number', '.bib-on-screen img'],
  ['/team/ready', 'ready', '.ready-item'],
  ['/team/chat', 'chat', 'main textarea'],
  ['/team/info/:kind?/:slug?', 'info', 'main h1'],
  ['/team/palettes', 'palettes', 'main h1'],
  ['/team/status', 'status', '.screen-action'],
]

/** What a browser sees that belongs to nobody yet; entries of one team have a link of their own, which `entry.test.ts` follows. */
export const entryScreens: readonly Screen[] = [
  ['/team/enter/:event', 'enter/EVENT', 'form'],
  ['/team/enter/:event/staff', 'enter/EVENT/staff', 'main h1'],
  ['/team/entry/:event/:draft', 'entry/EVENT/01J8Z0000000000000000000B0', 'main h1, main .state'],
]

const app = join(import.meta.dirname, '..', '..', 'app')

/** Every path that a router of the apps knows. */
export function routesOfApps(): string[] {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  return files
    .flatMap((name) => [...readFileSync(join(app, name), 'utf8').matchAll(/<Route\s+path="([^"]+)"/g)])
    .map(([, path]) => path!)
}
