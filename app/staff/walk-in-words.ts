import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  title: '新規登録',
  notScanned: '先にゼッケンを読み取ってください',
  notScannedText: '受付で、署名のある未使用のゼッケンを読み取ると、ここで新しいチームを登録できます。',
  taken: (name: string) => `このゼッケンは「${name}」が使っています`,
  takenText: '別の未使用のゼッケンを読み取ってください。',
  names: '名前とメンバー',
  classOf: 'クラス',
  classNeeded: 'クラスを選んでください',
  choose: '選んでください',
  save: '登録して受付を済ませる',
  saved: (number: string) => `${number} を登録しました。`,
  failed: '端末に保存できませんでした。もう一度お試しください。',
}
const en: typeof ja = {
  title: 'New team',
  notScanned: 'Scan the bib first',
  notScannedText: 'At the reception, scan a signed bib that nobody has yet; then a new team can be entered here.',
  taken: (name) => `This bib belongs to ${name}`,
  takenText: 'Scan another bib that nobody has yet.',
  names: 'Names and members',
  classOf: 'Class',
  classNeeded: 'Choose a class',
  choose: 'Choose',
  save: 'Enter and receive the team',
  saved: (number) => `${number} is entered.`,
  failed: 'This phone could not keep it. Try again.',
}

/** Words of entering a team at the reception; they come with that screen. */
export const walkInWords = dictionary({ ja, en })
