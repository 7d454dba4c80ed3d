import type { JobRow } from '../../../design-docs/jobs.ts'
import { dictionary } from '../../i18n/dictionary.ts'

type States = Record<JobRow['state'], string>

const ja = {
  papers: 'できたPDF',
  papersText: '長いPDFは裏で作ります。画面を閉じても続き、できたものはここから保存できます。',
  noJobs: 'まだ何も作っていません。',
  kept: (days: string) => `終わった作業とファイルは${days}日後に消えます（大会の設定で変えられます）。`,
  whats: {
    'results.pdf': '成績',
    'awards.pdf': '表彰者の一覧',
    'certificates.pdf': '賞状',
    bibs: 'ゼッケン',
    'contact-sheet': '肖像の一覧',
  } as Record<string, string>,
  states: {
    waiting: '待機中',
    running: '作成中',
    finishing: 'まとめ中',
    done: '完了',
    failed: '失敗',
    cancelled: '中止',
  } satisfies States,
  cancelling: '中止しています',
  teams: (done: string, total: string) => `${done} / ${total}チーム`,
  parts: (done: string, total: string) => `${done} / ${total}部分`,
  unchanged: (count: string) => `変更なし ${count}`,
  parked: (count: string) => `失敗 ${count}`,
  cancel: '中止する',
  redrive: 'もう一度試す',
  resume: '続きから再開する',
  save: (name: string, size: string) => `${name} を保存（${size}）`,
  failedItems: '作れなかったもの',
  until: (at: string) => `${at} まで`,
  started: '作成を始めました。できしだい保存します。',
  failed: (text: string) => `作れませんでした（${text}）。`,
  offline: 'サーバーにつながりません。もう一度お試しください。',
}
const en: typeof ja = {
  papers: 'PDFs',
  papersText: 'Long PDFs are made in the background, even with this screen closed; they are saved from here.',
  noJobs: 'Nothing has been made yet.',
  kept: (days) =>
    `Work that ended and its files are removed after ${days} days, which the settings of the event can change.`,
  whats: {
    'results.pdf': 'Results',
    'awards.pdf': 'Award list',
    'certificates.pdf': 'Certificates',
    bibs: 'Bibs',
    'contact-sheet': 'Contact sheet of portraits',
  },
  states: {
    waiting: 'Waiting',
    running: 'Under way',
    finishing: 'Putting together',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  cancelling: 'Being cancelled',
  teams: (done, total) => `${done} of ${total} teams`,
  parts: (done, total) => `${done} of ${total} parts`,
  unchanged: (count) => `unchanged ${count}`,
  parked: (count) => `failed ${count}`,
  cancel: 'Cancel',
  redrive: 'Try again',
  resume: 'Go on with the rest',
  save: (name, size) => `Save ${name} (${size})`,
  failedItems: 'What could not be made',
  until: (at) => `until ${at}`,
  started: 'It is being made, and saved once it is there.',
  failed: (text) => `It could not be made (${text}).`,
  offline: 'The server cannot be reached. Try again.',
}

/** Words about work in the background; they come with the screens that show it. */
export const jobWords = dictionary({ ja, en })
