import { dictionary } from './dictionary.ts'

const ja = {
  title: 'エラーコード',
  lead: '参加者やスタッフが読み上げたゼッケン番号とコードで、起きたことを探します。',
  number: 'ゼッケン番号',
  code: 'コード',
  codeHint: '例: ZK-GATE-005、gate 5',
  search: '探す',
  found: (shown: string) => `見つかったもの ${shown}件`,
  nothing: '該当するものはありません。',
  nothingText: '番号かコードだけでも探せます。端末がまだ送信していない場合もあります。',
  kinds: { error: '画面のエラー', record: '受け取らなかった記録', parked: '処理できなかった作業' },
  times: (times: string) => `${times}回`,
  cause: '原因',
  remedy: '対応',
  all: 'すべてのコード',
  team: (number: string) => `チーム ${number}`,
  devices: '端末の一覧',
  problems: '問題を開く',
  on: (device: string) => `端末 ${device}`,
}
const en: typeof ja = {
  title: 'Error codes',
  lead: 'Finds what happened by the bib number and the code that a participant or a member of staff reads out.',
  number: 'Bib number',
  code: 'Code',
  codeHint: 'Such as ZK-GATE-005 or gate 5',
  search: 'Search',
  found: (shown) => `Found: ${shown}`,
  nothing: 'Nothing fits.',
  nothingText: 'Try the number or the code alone. The phone may not have sent anything yet.',
  kinds: { error: 'Error on a screen', record: 'Record not accepted', parked: 'Work that failed' },
  times: (times) => `${times} times`,
  cause: 'Cause',
  remedy: 'What to do',
  all: 'All codes',
  team: (number) => `Team ${number}`,
  devices: 'All devices',
  problems: 'Open the problems',
  on: (device) => `on ${device}`,
}

/** Words of the page that finds a case by number and code. */
export const words = dictionary({ ja, en })
