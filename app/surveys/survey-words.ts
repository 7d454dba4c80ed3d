import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  back: '戻る',
  gone: 'このアンケートは受け付けていません',
  goneText: '終了したか、まだ始まっていません。',
  anonymous: '集計と一覧に、誰の回答かは表示されません。電波がなくても回答できます。',
  until: (time: string) => `${time}まで`,
  required: '必須',
  requiredMissing: '回答してください。',
  someMissing: (n: number) => `必須の質問が${n}問残っています。`,
  send: '回答する',
  change: '回答を直す',
  cancel: 'やめる',
  thanks: 'ご回答ありがとうございました',
  thanksText: '終了までは直せます。最後の回答だけを数えます。',
  states: {
    unsent: 'この端末に保存しました。電波の届くところで自動的に送ります。',
    sent: '送信済みです。',
    refused: (code: string) => `送れませんでした（${code}）。もう一度回答するか、主催者にお問い合わせください。`,
  },
  notKept: '保存できませんでした。もう一度試してください。',
  scale: (n: number) => `5段階のうち${n}`,
  low: '低い',
  high: '高い',
  left: (n: number) => `あと${n}文字`,
  preview: '回答者の画面',
}
type SurveyWords = typeof ja

const en: SurveyWords = {
  back: 'Back',
  gone: 'This survey takes no answers',
  goneText: 'It is over, or has not begun.',
  anonymous: 'Results do not show who answered what. It works without a signal.',
  until: (time) => `Until ${time}`,
  required: 'Required',
  requiredMissing: 'Please answer this.',
  someMissing: (n) => (n === 1 ? 'One required question is left.' : `${n} required questions are left.`),
  send: 'Answer',
  change: 'Change the answer',
  cancel: 'Cancel',
  thanks: 'Thank you for answering',
  thanksText: 'You can change it until the survey ends. Only the last answer counts.',
  states: {
    unsent: 'It is kept on this device, and sent by itself where there is a signal.',
    sent: 'It has been sent.',
    refused: (code) => `It could not be sent (${code}). Answer again, or ask the organizers.`,
  },
  notKept: 'It could not be saved. Please try again.',
  scale: (n) => `${n} of 5`,
  low: 'Low',
  high: 'High',
  left: (n) => `${n} characters left`,
  preview: 'What people see',
}

/** Words of answering a survey, which come with its screen. */
export const surveyWords = dictionary({ ja, en })
