import { entryForm } from '../../../design-docs/entry.ts'
import type { FactOf } from '../../../design-docs/facts.ts'
import type { Role } from '../../../design-docs/primitives.ts'
import type { EntryDraft } from '../../setup/add-teams.ts'
import type { CheckpointDraft, EventDraft } from '../../setup/create-event.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { course } from './course.ts'
import { demoAnswers, publishPages } from './demo-pages.ts'
import { type DemoPhone, type PhoneClock, signInDemoPhone } from './demo-phone.ts'
import { drawPhoto } from './draw-photo.ts'
import { planJourney, type Visit } from './journey.ts'
import { teamMembers, teamNames } from './people.ts'
import { playChat } from './play-chat.ts'
import { playCorners } from './play-corners.ts'

const minute = 60_000
const teamCount = 60
const phonesAtOnce = 4

/** The demo event as an organizer would have set it up: running for nearly four hours. */
export function demoEvent(now: number): EventDraft {
  const startsAt = Math.floor((now - 225 * minute) / (10 * minute)) * 10 * minute
  return {
    code: 'demo',
    name: { ja: '岐阜ロゲ 2026', en: 'Gifu Rogaine 2026' },
    timeZone: 'Asia/Tokyo',
    phase: 'running',
    startsAt: startsAt - 90 * minute,
    endsAt: startsAt + 7 * 60 * minute,
    classes: [
      { id: 'three', name: { ja: '3時間 混合', en: '3 hours mixed' }, startsAt, limitMinutes: 180 },
      { id: 'family', name: { ja: '3時間 家族', en: '3 hours family' }, startsAt, limitMinutes: 180 },
      { id: 'five', name: { ja: '5時間', en: '5 hours' }, startsAt, limitMinutes: 300 },
    ],
    rules: {
      radiusMeters: 50,
      maxAccuracyMeters: 100,
      duplicateMinutes: 30,
      autoApprove: true,
      requirePhoto: true,
      latePenaltyPerMinute: 10,
      maxLateMinutes: 30,
      tieBreak: 'earlier-finish',
      maxSpeedKmh: 30,
    },
    entryForm: demoEntryForm(startsAt + 7 * 60 * minute),
  }
}

/** Asks a little of everything, so that the form can be tried; numbers go on after those of the playing teams. */
const demoEntryForm = (closesAt: number) =>
  entryForm.parse({
    closesAt,
    members: { min: 2, max: 5 },
    age: 'required',
    gender: 'optional',
    firstNumber: 201,
    fields: [
      {
        id: 'shirt',
        of: 'member',
        kind: 'choice',
        label: { ja: 'Tシャツのサイズ', en: 'T-shirt size' },
        required: true,
        choices: ['S', 'M', 'L', 'XL'].map((size) => ({ id: size.toLowerCase(), label: { ja: size, en: size } })),
      },
      {
        id: 'heard',
        of: 'entry',
        kind: 'choices',
        label: { ja: '大会を知ったきっかけ', en: 'How did you hear of the event?' },
        choices: [
          { id: 'friend', label: { ja: '知人から', en: 'From a friend' } },
          { id: 'web', label: { ja: 'ウェブサイト', en: 'Website' } },
          { id: 'poster', label: { ja: 'ポスター', en: 'Poster' } },
        ],
      },
      { id: 'message', of: 'entry', kind: 'long-text', label: { ja: '主催者へひとこと', en: 'A word to us' } },
    ],
    consents: [
      {
        id: 'photo',
        text: {
          ja: '大会中に撮影した写真を、審査と大会の記録に使います。',
          en: 'Photographs taken during the event are used for judging and for its record.',
        },
      },
      {
        id: 'guardian',
        text: {
          ja: '保護者として、メンバーの参加に同意します。',
          en: 'As a guardian I agree to the member taking part.',
        },
        untilAge: 18,
      },
    ],
  })

export const demoCheckpoints = (): CheckpointDraft[] => course.map((point) => ({ ...point }))

/** Sixty teams with Japanese names; families start in the mixed class as well. */
export function demoTeams(): EntryDraft[] {
  const chance = chanceFrom(20261122)
  return teamNames(teamCount, chance).map(({ name, kana }, index) => {
    const members = teamMembers(chance)
    const young = members.some((member) => (member.age ?? 99) < 13)
    const classIds = young ? ['three', 'family'] : [chance.next() < 0.55 ? 'three' : 'five']
    return { team: String(101 + index), name, kana, classIds, members }
  })
}

type DemoDay = {
  base: string
  event: EventDraft
  now(): number
  /** Makes an invitation and answers its token. */
  invite(role: Role, name: string, teams: string[]): Promise<string>
  /** Numbers of the teams that play; all when absent. */
  only?: ReadonlySet<string>
  progress?(done: number, of: number): void
}

/** Some hours of an event, recorded by phones that sign in, push and send photos like any other. */
export async function playDemoDay(day: DemoDay): Promise<{ facts: number; refused: number }> {
  const chance = chanceFrom(34)
  const right: PhoneClock = { skewMs: chance.between(-900, 900), measured: true }
  const staff = (name: string, role: Role = 'staff') => phoneFor(day, { role, name, teams: [], clock: right, chance })
  const phones = {
    reception: await staff('受付 佐藤'),
    goal: await staff('ゴール 鈴木'),
    lookout: await staff('展望台 各務'),
    ferry: await staff('渡し 丹羽'),
  }
  const raceAt = day.event.classes[0]!.startsAt
  const admin = await staff('本部 田中', 'admin')
  await publishPages(admin, day.event, raceAt)
  const waiting = [...demoTeams().entries()].filter(([, { team }]) => day.only?.has(team) ?? true)
  const playing = waiting.length
  let facts = 0
  let refused = 0
  // Some at a time, as phones would; each team draws its own chance, so that the order does not matter.
  await Promise.all(Array.from({ length: phonesAtOnce }, playSome))
  refused += await playCorners({ admin, corner: await staff('コーナー 林', 'corner') }, day)
  // Last, so that a demo that was broken off and goes on tells it once.
  const core = await staff('本部 後藤', 'core')
  refused += await tellNews(core, day.event)
  const ofTeam = async (team: string) => {
    const wanted: Wanted = { role: 'participant', name: `チーム ${team}`, teams: [team], clock: right, chance }
    return await phoneFor(day, wanted)
  }
  refused += await playChat({ 103: await ofTeam('103'), 105: await ofTeam('105') }, core, day.event.startsAt)

  async function playSome(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, team] = next
      const own = chanceFrom(index * 7919 + 1)
      const clock = clockOf(index, right, day.event.startsAt)
      const wanted: Wanted = { role: 'participant', name: team.name, teams: [team.team], clock, chance: own }
      const phone = await phoneFor(day, wanted)
      facts += await playTeam({ day, team, index, own: phone, phones, chance: own })
      refused += await phone.deliver()
      for (const desk of Object.values(phones)) refused += await desk.deliver()
      day.progress?.(playing - waiting.length, playing)
    }
  }

  return { facts, refused }
}

/** What a core phone tells people at the start and on the way. Answers how many notices were refused. */
async function tellNews(phone: DemoPhone, { startsAt }: EventDraft): Promise<number> {
  const toAll = { audience: {}, urgent: false }
  const tell = (at: number, notice: Pick<FactOf<'notice'>, 'title' | 'body' | 'audience' | 'urgent'>) =>
    phone.record('notice', at, { ...notice, publishAt: at })
  tell(startsAt + minute, {
    ...toAll,
    title: '本日の注意',
    body: '- 水を**1人1リットル以上**お持ちください\n- 道路では歩行者の信号を守ってください\n- 困ったときはアプリの「助けを呼ぶ」へ',
  })
  tell(startsAt + 95 * minute, {
    audience: {},
    urgent: true,
    title: '金華山の東側で落石がありました',
    body: '東側の登山道は**通れません**。西側から登ってください。',
  })
  tell(startsAt + 100 * minute, {
    audience: { roles: ['staff', 'core', 'corner', 'judge', 'admin'] },
    urgent: false,
    title: '交代の時刻',
    body: '展望台と渡しは、次の人と交代してください。',
  })
  return await phone.deliver()
}

/**
 * One phone an hour ahead that knows it, one 42 minutes ahead that has never met the server, the rest about right. What
 * the second recorded before it was opened anew can only be guessed at, so a judge meets it; the later ones are put right.
 */
function clockOf(index: number, right: PhoneClock, startsAt: number): PhoneClock {
  if (index === 7) return { skewMs: 60 * minute, measured: true }
  if (index === 13) return { skewMs: 42 * minute, measured: false, reopenedAt: startsAt + 150 * minute }
  return right
}

type Wanted = { role: Role; name: string; teams: string[]; clock: PhoneClock; chance: Chance }
async function phoneFor(day: DemoDay, { role, name, teams, clock, chance }: Wanted): Promise<DemoPhone> {
  return await signInDemoPhone({ base: day.base, invitation: await day.invite(role, name, teams), name, clock, chance })
}

type Playing = {
  day: DemoDay
  team: EntryDraft
  index: number
  own: DemoPhone
  phones: Record<'reception' | 'goal' | 'lookout' | 'ferry', DemoPhone>
  chance: Chance
}

/** One team's day up to now; answers how many facts it made. */
async function playTeam({ day, team, index, own, phones, chance }: Playing): Promise<number> {
  const number = team.team
  const now = day.now()
  const classes = day.event.classes.filter((one) => team.classIds.includes(one.id))
  const startAt = classes[0]!.startsAt
  const limitMinutes = Math.min(...classes.map((one) => one.limitMinutes))
  let facts = 0
  if (index === 31) return 0 // never came
  const arrived = team.members.map((member) => member.id)
  phones.reception.record('reception', startAt - chance.between(25, 80) * minute, {
    team: number,
    arrived,
    feePaid: index !== 22,
  })
  const scanned = { team: number, method: 'qr', verified: true, bibIssue: 1 } as const
  phones.goal.record('checkin', startAt + chance.between(1, 40) * 1000, { ...scanned, checkpoint: 'S' })
  facts += 2
  const { visits, goalAt } = planJourney({ points: course, startAt, limitMinutes, chance })
  const retiresAfter = index === 17 || index === 44 ? 4 : Number.POSITIVE_INFINITY
  for (const [step, visit] of visits.entries()) {
    if (visit.at > now) return facts
    if (step >= retiresAfter) {
      phones.goal.record('retire', visit.at, { team: number, reason: '足を痛めた', place: visit.point.name.ja })
      return facts + 1
    }
    facts += await playVisit({ team, own, phones, chance, visit, now })
  }
  if (goalAt <= now) {
    phones.goal.record('checkin', goalAt, { ...scanned, checkpoint: 'G', membersPresent: arrived })
    facts++
    const answeredAt = goalAt + 6 * minute
    // By the number, so that everything else of the demo stays as it was drawn.
    if (index % 3 !== 0 && answeredAt <= now) {
      own.record('answer', answeredAt, { team: number, survey: 'thanks', answers: demoAnswers(chanceFrom(index + 5)) })
      facts++
    }
  }
  return facts
}

type AtPlace = Pick<Playing, 'team' | 'own' | 'phones' | 'chance'> & { visit: Visit; now: number }

async function playVisit({ team, own, phones, chance, visit, now }: AtPlace): Promise<number> {
  const number = team.team
  if (visit.point.kind === 'staffed') {
    const phone = visit.point.number === '34' ? phones.lookout : phones.ferry
    phone.record('checkin', visit.at, {
      team: number,
      checkpoint: visit.point.number,
      method: 'qr',
      verified: true,
      bibIssue: 1,
    })
    return 1
  }
  const saying = { team: number, checkpoint: visit.point.number, method: 'photo', verified: false } as const
  const checkin = own.record('checkin', visit.at, { ...saying, position: visit.position })
  if (visit.photo) {
    own.photograph(checkin, await drawPhoto(visit.point.number, number, team.members.length, chance), visit.at + 1000)
  }
  if (visit.again && visit.at + 4 * minute <= now) {
    own.record('checkin', visit.at + 4 * minute, { ...saying, position: visit.position })
    return 3
  }
  return visit.photo ? 2 : 1
}
