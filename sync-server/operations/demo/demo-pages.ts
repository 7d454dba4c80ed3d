import type { PageDoc } from '../../../design-docs/pages.ts'
import type { SurveyDoc } from '../../../design-docs/surveys.ts'
import type { EventDraft } from '../../setup/create-event.ts'
import type { Chance } from './chance.ts'
import type { DemoPhone } from './demo-phone.ts'
import { drawVenue } from './draw-venue.ts'

const minute = 60_000
const place = (id: string, [ja, en]: [string, string], x: number, y: number) => ({ id, name: { ja, en }, x, y })

/** What the organizers of the demo tell for the whole day: when, where and how. */
export function demoPages({ code, startsAt }: EventDraft, raceAt: number): PageDoc[] {
  const made = { type: 'page', event: code, state: 'shown', body: { ja: '', en: '' } } as const
  const row = (
    id: string,
    [from, to]: [number, number | null],
    [ja, en]: [string, string],
    where: [string, string],
  ) => ({
    id,
    from: raceAt + from * minute,
    ...(to === null ? {} : { to: raceAt + to * minute }),
    title: { ja, en },
    place: { ja: where[0], en: where[1] },
  })
  const park: [string, string] = ['芝生広場', 'Lawn']
  const rows = [
    {
      ...row('open', [0, null], ['開場・受付', 'Doors and reception'], ['受付テント', 'Reception tent']),
      from: startsAt,
    },
    row('brief', [-30, -15], ['競技説明', 'Briefing'], park),
    row('start', [0, null], ['一斉スタート', 'Start of all'], ['スタート・ゴール', 'Start and finish']),
    {
      ...row(
        'three',
        [180, 210],
        ['3時間の部 ゴール締切', 'Last finish, 3 hours'],
        ['スタート・ゴール', 'Start and finish'],
      ),
      classes: ['three', 'family'],
    },
    row('food', [150, 330], ['豚汁のふるまい', 'Hot soup for everyone'], ['屋台', 'Stalls']),
    {
      ...row(
        'five',
        [300, 330],
        ['5時間の部 ゴール締切', 'Last finish, 5 hours'],
        ['スタート・ゴール', 'Start and finish'],
      ),
      classes: ['five'],
    },
    row('prizes', [360, 400], ['表彰式', 'Prize-giving'], park),
  ]
  return [
    {
      ...made,
      _id: 'page:schedule',
      kind: 'schedule',
      order: 0,
      title: { ja: '本日の日程', en: 'Schedule of the day' },
      rows,
    },
    {
      ...made,
      _id: 'page:map',
      kind: 'map',
      order: 1,
      title: { ja: '会場図', en: 'Venue map' },
      picture: null,
      spots: [
        place('reception', ['受付テント', 'Reception tent'], 0.247, 0.685),
        place('start', ['スタート・ゴール', 'Start and finish'], 0.74, 0.573),
        place('hall', ['更衣室（体育館）', 'Changing rooms (hall)'], 0.194, 0.455),
        place('stalls', ['屋台', 'Stalls'], 0.52, 0.665),
        place('aid', ['救護所', 'First aid'], 0.887, 0.305),
      ],
    },
    {
      ...made,
      _id: 'page:guide',
      kind: 'guide',
      order: 2,
      title: { ja: '参加のしおり', en: 'Guide for teams' },
      body: {
        ja: '## 持ち物\n- 飲み物（1人1リットル以上）\n- 健康保険証\n- スマートフォンと予備の電池\n\n## ルール\n1. チームは**いつも一緒に**動きます。\n2. チェックポイントでは、撮影者以外の全員を写します。\n3. 制限時間に1分遅れるごとに10点減点します。30分を超えると順位がつきません。\n\n困ったときは、アプリの「助けを呼ぶ」を使ってください。',
        en: '## Bring\n- at least one litre to drink for each of you\n- your health insurance card\n- a phone with a spare battery\n\n## Rules\n1. A team **stays together**.\n2. At a checkpoint everyone but the photographer is in the picture.\n3. Each minute over the limit costs 10 points; more than 30 minutes late is not placed.\n\nIf you are in trouble, use “Call for help” in the app.',
      },
    },
  ]
}

export const demoSurvey = (event: string): SurveyDoc => ({
  _id: 'survey:thanks',
  type: 'survey',
  event,
  title: { ja: '大会アンケート', en: 'How was it?' },
  body: { ja: '来年の大会のために教えてください。', en: 'Help us with next year’s event.' },
  state: 'shown',
  audience: { roles: ['participant', 'agent'] },
  questions: [
    {
      id: 'stars',
      kind: 'scale',
      label: { ja: '大会の満足度', en: 'How satisfied are you?' },
      required: true,
      low: { ja: '不満', en: 'Not at all' },
      high: { ja: '満足', en: 'Very' },
    },
    {
      id: 'liked',
      kind: 'many',
      label: { ja: '良かったもの', en: 'What did you like?' },
      required: false,
      choices: [
        { id: 'course', label: { ja: 'コース', en: 'The course' } },
        { id: 'app', label: { ja: 'アプリ', en: 'The app' } },
        { id: 'soup', label: { ja: '豚汁', en: 'The soup' } },
      ],
    },
    {
      id: 'again',
      kind: 'one',
      label: { ja: '来年も参加しますか', en: 'Will you come again?' },
      required: true,
      choices: [
        { id: 'yes', label: { ja: 'はい', en: 'Yes' } },
        { id: 'no', label: { ja: 'いいえ', en: 'No' } },
      ],
    },
    { id: 'words', kind: 'text', label: { ja: 'ひとこと', en: 'Anything else?' }, required: false },
  ],
})

/** Saves pages and survey as an admin at the console does. What a demo that goes on has already is left as it is. */
export async function publishPages({ ask }: Pick<DemoPhone, 'ask'>, event: EventDraft, raceAt: number): Promise<void> {
  const root = `/api/events/${event.code}`
  for (const page of demoPages(event, raceAt)) {
    const path = `${root}/pages/${page._id.slice('page:'.length)}`
    const isNew = await ask('PUT', path, page)
    if (isNew && page.kind === 'map') await ask('PUT', `${path}/picture`, await drawVenue())
  }
  await ask('PUT', `${root}/surveys/thanks`, demoSurvey(event.code))
}

const remarks = [
  '展望台からの景色がすばらしかったです',
  '豚汁がおいしかった！',
  '道標をもう少し増やしてほしい',
  'また来ます',
]

/** What a team says that is back. */
export function demoAnswers(chance: Chance): Record<string, string | number | string[]> {
  const liked = ['course', 'app', 'soup'].filter(() => chance.next() < 0.6)
  return {
    stars: chance.pick([3, 4, 4, 5, 5]),
    again: chance.next() < 0.85 ? 'yes' : 'no',
    ...(liked.length > 0 && { liked }),
    ...(chance.next() < 0.4 && { words: chance.pick(remarks) }),
  }
}
