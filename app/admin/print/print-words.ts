import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '印刷',
  bibs: 'ゼッケン',
  which: 'どのチーム',
  everyClass: 'すべてのクラス',
  numbers: '番号（空欄はすべて）',
  numbersHint: '例：1-20, 35, A7',
  unknown: (list: string) => `見つからない番号：${list}`,
  perPage: '用紙1枚あたり',
  perPageOf: { '1': '1枚（A4）', '2': '2枚（A5）', '4': '4枚（A6）', '8': '8枚（A7）' },
  preview: '1ページ目の見本',
  previewHint: '見本のQRコードは読み取れません。',
  make: (bibs: string, pages: string) => `PDFを作る（ゼッケン${bibs}枚、用紙${pages}枚）`,
  making: '作っています…',
  made: 'PDFを保存しました。',
  none: '印刷するチームがありません',
  noneText: '条件を変えるか、先にチームを登録してください。',
  language: '印刷する言語',
  languages: { ja: '日本語', en: '英語' },
}
const en: typeof ja = {
  title: 'Print',
  bibs: 'Bibs',
  which: 'Which teams',
  everyClass: 'All classes',
  numbers: 'Numbers (empty: all)',
  numbersHint: 'For example 1-20, 35, A7',
  unknown: (list) => `No team has: ${list}`,
  perPage: 'On one sheet',
  perPageOf: { '1': '1 (A4)', '2': '2 (A5)', '4': '4 (A6)', '8': '8 (A7)' },
  preview: 'The first sheet',
  previewHint: 'The codes of this preview cannot be read.',
  make: (bibs, pages) => `Make the PDF (${bibs} bibs on ${pages} sheets)`,
  making: 'It is being made…',
  made: 'The PDF is saved.',
  none: 'No team to print',
  noneText: 'Choose otherwise, or enter teams first.',
  language: 'Language on paper',
  languages: { ja: 'Japanese', en: 'English' },
}

/** Words of what is printed on paper; they come with that screen. */
export const printWords = dictionary({ ja, en })
