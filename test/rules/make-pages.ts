import type { PageDoc, SchedulePage } from '../../design-docs/pages.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'

const event = 'demo'

export const guideDoc = (fields: Partial<PageDoc> = {}): PageDoc =>
  ({
    _id: 'page:guide',
    type: 'page',
    event,
    kind: 'guide',
    title: { ja: '案内', en: 'Guide' },
    body: { ja: '**水**をお持ちください。', en: 'Bring *water*.' },
    state: 'shown',
    order: 0,
    ...fields,
  }) as PageDoc

export const scheduleDoc = (rows: SchedulePage['rows'], fields: Partial<SchedulePage> = {}): SchedulePage => ({
  _id: 'page:schedule',
  type: 'page',
  event,
  kind: 'schedule',
  title: { ja: '日程', en: 'Schedule' },
  body: { ja: '', en: '' },
  state: 'shown',
  order: 1,
  rows,
  ...fields,
})

/** A survey that everyone may answer at any time: one choice, several, a scale, words. */
export const surveyDoc = (fields: Partial<SurveyDoc> = {}): SurveyDoc => ({
  _id: 'survey:thanks',
  type: 'survey',
  event,
  title: { ja: 'アンケート', en: 'Survey' },
  body: { ja: '', en: '' },
  state: 'shown',
  audience: {},
  questions: [
    {
      id: 'good',
      kind: 'one',
      label: { ja: '楽しかったですか', en: 'Did you enjoy it?' },
      required: true,
      choices: [
        { id: 'yes', label: { ja: 'はい', en: 'Yes' } },
        { id: 'no', label: { ja: 'いいえ', en: 'No' } },
      ],
    },
    {
      id: 'liked',
      kind: 'many',
      label: { ja: '良かったもの', en: 'What was good?' },
      required: false,
      choices: [
        { id: 'course', label: { ja: 'コース', en: 'The course' } },
        { id: 'food', label: { ja: '食事', en: 'The food' } },
      ],
    },
    { id: 'stars', kind: 'scale', label: { ja: '満足度', en: 'How satisfied are you?' }, required: false },
    { id: 'words', kind: 'text', label: { ja: 'ひとこと', en: 'A word' }, required: false },
  ],
  ...fields,
})
