import type { RuleChapter, RuleSentence } from '../../../functions/rules/rules-in-words.ts'
import { dictionary } from '../../i18n/dictionary.ts'

type Say = RuleSentence['say']
/** What a sentence needs beside its own figures. */
export type RuleTexts = { className(id: string): string; time(at: number): string }
type Sentences = { [S in Say]: (rule: Extract<RuleSentence, { say: S }>, texts: RuleTexts) => string }
type Fits = Extract<RuleSentence, { say: 'fits' }>['fits']

const jaConditions = {
  people: (low: number | undefined, high: number | undefined) =>
    low === undefined
      ? `${high}人以下`
      : high === undefined
        ? `${low}人以上`
        : low === high
          ? `${low}人`
          : `${low}〜${high}人`,
  ages: (low: number | undefined, high: number | undefined) =>
    low === undefined ? `全員${high}歳以下` : high === undefined ? `全員${low}歳以上` : `全員${low}〜${high}歳`,
  gender: { 'all-f': '全員女性', 'all-m': '全員男性', mixed: '男女混合' } satisfies Record<
    NonNullable<Fits['gender']>,
    string
  >,
  and: '、',
}
const enConditions: typeof jaConditions = {
  people: (low, high) =>
    low === undefined
      ? `at most ${high} people`
      : high === undefined
        ? `at least ${low} people`
        : low === high
          ? `${low} people`
          : `${low} to ${high} people`,
  ages: (low, high) =>
    low === undefined ? `all ${high} or younger` : high === undefined ? `all ${low} or older` : `all ${low} to ${high}`,
  gender: { 'all-f': 'all women', 'all-m': 'all men', mixed: 'women and men' },
  and: ', ',
}

const ja = {
  title: '順位の決め方',
  lead: '判定・集計・順位付けが実際に使っている設定から書き出しています。',
  chapters: { judging: '通過の判定', counting: '得点', time: '制限時間', places: '順位' } satisfies Record<
    RuleChapter['about'],
    string
  >,
  sentences: {
    radius: ({ meters }) =>
      `チームが自分で記録した通過は、チェックポイントから${meters} m以内（ちょうどを含む）で認めます。`,
    'own-radius': ({ checkpoints }) => `次のチェックポイントには独自の距離があります：${checkpoints.join('、')}。`,
    accuracy: ({ meters }) => `位置の誤差が${meters} mを超える記録は、人が確かめます。`,
    photo: () => '写真チェックポイントでは写真が必要です。写真がなければ、人が確かめます。',
    'no-photo': () => '写真は必須ではありません。',
    'staff-scan': () => 'スタッフがゼッケンを読み取った通過は、署名を確かめたものはそのまま認めます。',
    'auto-approve': () => '問題のない通過は自動で承認し、暫定の得点に入れます。',
    'no-auto-approve': () => 'チームが記録した通過は、すべて人が審査します。',
    speed: ({ kmh }) => `前の通過から時速${kmh} kmを超える移動が必要な通過は、人が確かめます。`,
    duplicate: ({ minutes }) =>
      `同じチェックポイントでは、先の通過から${minutes}分未満の通過は数えません。ちょうど${minutes}分からは新しい通過です。`,
    'after-goal': () => 'ゴールより後の通過には印を付けます。',
    'by-person': () => '人の決定は、自動の判定より優先します。',
    'best-counts': () =>
      '1つのチェックポイントの得点は1回だけです。最もよい判定の通過を数え、判定が同じなら早いほうを数えます。',
    sum: () => '得点 ＝ 確定（人が承認）＋ 暫定（自動承認）− 遅刻の減点 ＋ 加減点。',
    waiting: () => '審査待ちの通過は、得点に入りません。',
    cancelled: ({ checkpoints }) => `中止のチェックポイントは0点です：${checkpoints.join('、')}。`,
    limit: ({ classId, startsAt, minutes }, t) =>
      `${t.className(classId)}：${t.time(startsAt)}スタート、制限時間${minutes}分。`,
    late: ({ perMinute, mostMinutes }) =>
      `制限時間を過ぎると、1分ごと（1分未満も1分）に${perMinute}点を引きます。${mostMinutes}分を超えて遅れると順位が付きません。`,
    'no-late-penalty': ({ mostMinutes }) =>
      `遅刻の減点はありません。${mostMinutes}分を超えて遅れると順位が付きません。`,
    'own-start': () => '審判がチームのスタートまたはゴールの時刻を定めたときは、その時刻で数えます。',
    order: () =>
      '得点の多い順です。同点なら、ゴールの早いほう（定められたスタートが違うときは、かかった時間の短いほう）が上です。',
    shared: () => '得点も時刻も同じなら同じ順位とし、次の順位を飛ばします。',
    'not-placed': () =>
      'ゴールがない、遅れすぎ、順位なし、リタイア、棄権、失格のチームには順位が付かず、この順に後ろに並びます。',
    entered: ({ classId }, t) => `${t.className(classId)}：申し込んだチームが対象です。`,
    fits: ({ classId, fits }, t) =>
      `${t.className(classId)}：申し込んだチームと、主なクラスのスタートと制限時間が同じで、次に当てはまるチームが対象です：${conditionsIn(fits, jaConditions)}。`,
    overall: () =>
      '総合：各チームを最初に申し込んだクラスの得点で1回だけ並べます。同点なら、自分のスタートからの時間が短いほうが上です。',
  } satisfies Sentences as Sentences,
}

const en: typeof ja = {
  title: 'How places are decided',
  lead: 'Written from the very settings by which check-ins are judged, points counted and places given.',
  chapters: { judging: 'Judging check-ins', counting: 'Points', time: 'Time limit', places: 'Places' },
  sentences: {
    radius: ({ meters }) =>
      `What a team recorded itself counts within ${meters} m of the checkpoint; exactly ${meters} m is inside.`,
    'own-radius': ({ checkpoints }) => `These checkpoints have a distance of their own: ${checkpoints.join(', ')}.`,
    accuracy: ({ meters }) => `A position that is less certain than ${meters} m is looked at by a person.`,
    photo: () => 'Photo checkpoints need a photo; without one a person decides.',
    'no-photo': () => 'A photo is not required.',
    'staff-scan': () => 'A bib scanned by staff counts by itself, if its signature was seen.',
    'auto-approve': () => 'A check-in without doubts is approved by the rules and counts as provisional.',
    'no-auto-approve': () => 'Every check-in that a team recorded waits for a person.',
    speed: ({ kmh }) =>
      `A check-in that would take more than ${kmh} km/h from the one before is looked at by a person.`,
    duplicate: ({ minutes }) =>
      `At one checkpoint, a check-in less than ${minutes} minutes after the one that stands is not counted; exactly ${minutes} minutes is a new one.`,
    'after-goal': () => 'Check-ins after the goal are marked.',
    'by-person': () => 'What a person decides stands above what the rules say.',
    'best-counts': () => 'A checkpoint counts once: its best check-in, the earliest of equal ones.',
    sum: () => 'Points = confirmed (by a person) + provisional (by the rules) − penalty for being late + adjustments.',
    waiting: () => 'Check-ins that wait for a person are not in the points.',
    cancelled: ({ checkpoints }) => `Cancelled checkpoints are worth nothing: ${checkpoints.join(', ')}.`,
    limit: ({ classId, startsAt, minutes }, t) =>
      `${t.className(classId)}: starts at ${t.time(startsAt)}, limit ${minutes} minutes.`,
    late: ({ perMinute, mostMinutes }) =>
      `Each minute past the limit, or part of one, costs ${perMinute} points. Later than ${mostMinutes} minutes: not placed.`,
    'no-late-penalty': ({ mostMinutes }) =>
      `Being late costs no points. Later than ${mostMinutes} minutes: not placed.`,
    'own-start': () => 'Where a judge has set a team’s start or finish, that time counts.',
    order: () =>
      'More points come first. Between equal ones the earlier finish does, or the shorter time where a judge set another start.',
    shared: () => 'Teams equal in points and time share a place, and the next one is left out.',
    'not-placed': () =>
      'No goal, too late, not placed, retired, withdrawn, disqualified: such teams have no place and come last, in this order.',
    entered: ({ classId }, t) => `${t.className(classId)}: teams that entered it.`,
    fits: ({ classId, fits }, t) =>
      `${t.className(classId)}: teams that entered it, and those whose main class has the same start and limit if they are ${conditionsIn(fits, enConditions)}.`,
    overall: () =>
      'Overall: each team once, with the points of the class that it entered first; between equal ones the shorter time from the own start comes first.',
  },
}

function conditionsIn(fits: Fits, t: typeof jaConditions): string {
  const { minMembers, maxMembers, minAge, maxAge, gender } = fits
  const said = [
    minMembers === undefined && maxMembers === undefined ? null : t.people(minMembers, maxMembers),
    minAge === undefined && maxAge === undefined ? null : t.ages(minAge, maxAge),
    gender === undefined ? null : t.gender[gender],
  ]
  return said.filter((one) => one !== null).join(t.and)
}

export const ruleWords = dictionary({ ja, en })

/** A rule as a sentence in the language on screen. */
export function ruleText<R extends RuleSentence>(rule: R, texts: RuleTexts): string {
  const say = ruleWords.value.sentences[rule.say] as (rule: RuleSentence, texts: RuleTexts) => string
  return say(rule, texts)
}
