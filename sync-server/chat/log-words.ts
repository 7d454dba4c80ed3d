export type LogLanguage = 'ja' | 'en'

/** What the log of a chat says in words. */
export const logWords = {
  ja: {
    headings: ['番号', 'チーム', '日時', '発言側', '発言者', '種類', '内容', '対象の通過', '既読', '取消'],
    kinds: { text: 'メッセージ', question: '質問', answer: '回答' },
    steps: { assign: '担当', done: '対応済み', reopen: '再開' },
    sides: { team: 'チーム', headquarters: '本部' },
    nobody: '担当なし',
  },
  en: {
    headings: ['Number', 'Team', 'Time', 'Side', 'Who', 'Kind', 'Text', 'About check-in', 'Read', 'Taken back'],
    kinds: { text: 'message', question: 'question', answer: 'answer' },
    steps: { assign: 'assigned', done: 'done', reopen: 'reopened' },
    sides: { team: 'team', headquarters: 'headquarters' },
    nobody: 'nobody',
  },
} as const
