import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '外部システム',
  states: {
    entered: { pending: '送信待ち', known: '登録済み', refused: '拒否' },
    withdrawn: { pending: '辞退の送信待ち', known: '辞退を伝達済み', refused: '辞退を拒否' },
    deleted: { pending: '削除の送信待ち', known: '削除を伝達済み', refused: '削除を拒否' },
  },
  state: '状況',
  id: '外部ID',
  at: '最終連絡',
  tries: '失敗した回数',
  error: '返答',
  again: 'もう一度伝える',
  asked: 'もう一度伝えます。',
}
const en: typeof ja = {
  title: 'External system',
  states: {
    entered: { pending: 'Waiting to be told', known: 'Known', refused: 'Refused' },
    withdrawn: {
      pending: 'Withdrawal waits to be told',
      known: 'Knows of the withdrawal',
      refused: 'Refuses the withdrawal',
    },
    deleted: { pending: 'Deletion waits to be told', known: 'Knows of the deletion', refused: 'Refuses the deletion' },
  },
  state: 'State',
  id: 'Its id',
  at: 'Last contact',
  tries: 'Failed tries',
  error: 'It said',
  again: 'Tell it again',
  asked: 'It will be told again.',
}

/** Words about the external system that teams are passed on to. */
export const outsideWords = dictionary({ ja, en })
