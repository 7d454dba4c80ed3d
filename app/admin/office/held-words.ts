import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '表示できない写真',
  text: '記録は届いています。審査には小さな写真と理由が表示されます。壊れた写真は端末にも残っているため、「もう一度調べる」を押すと端末が送り直します。',
  again: 'もう一度調べる',
  states: { refused: '受け取れない写真', infected: 'ウイルス検出（隔離済み）', waiting: 'ウイルス検査待ち' },
  problems: {
    mismatch: '届いた写真が記録と一致しません',
    unscanned: 'ウイルス検査が応答しません。応答すると自動で進みます',
  },
}
const en: typeof ja = {
  title: 'Pictures that are not shown',
  text: 'Their records are here, and judges see the small picture with the reason. A broken one is still on its phone, which sends it again once you let it be looked at again.',
  again: 'Look at it again',
  states: { refused: 'Refused', infected: 'Malware, locked away', waiting: 'Waits for the scanner' },
  problems: {
    mismatch: 'It is not the one in its record',
    unscanned: 'The scanner does not answer; it goes on by itself once it does',
  },
}

/** Words for pictures that were sent and are not shown. */
export const heldWords = dictionary({ ja, en })
