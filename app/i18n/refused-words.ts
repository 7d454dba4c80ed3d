import { dictionary } from './dictionary.ts'

const ja = {
  title: '受け取られなかった記録',
  text: 'この端末には残っています。運営に番号とコードを伝えてください。',
  number: 'ゼッケン',
  code: 'コード',
  tryAgain: 'もう一度送る',
  tried: 'もう一度送っています',
  kinds: {
    checkin: '通過',
    photo: '写真',
    help: '救助要請',
    retire: 'リタイア',
    void: '取り消し',
    chat: '本部へのメッセージ',
  } as Record<string, string>,
  other: '記録',
}
const en: typeof ja = {
  title: 'Records that were not accepted',
  text: 'They are kept on this phone. Read out number and code to the organizers.',
  number: 'Bib',
  code: 'Code',
  tryAgain: 'Try again',
  tried: 'Sent again',
  kinds: {
    checkin: 'Check-in',
    photo: 'Photo',
    help: 'Call for help',
    retire: 'Retirement',
    void: 'Undone',
    chat: 'Message to headquarters',
  },
  other: 'Record',
}

/** Words of what the server would not take, which come with the status screen. */
export const words = dictionary({ ja, en })
