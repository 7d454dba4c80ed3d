import type { Menu } from '../../../design-docs/menus.ts'
import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  text: '役割ごとに使えるメニューを選びます。検索・投稿・審査・結果は、外すとサーバーでも拒否されます。変更は数秒で反映されます。',
  role: '役割',
  sum: '合計値',
  save: '保存',
  saved: '保存しました',
  clash: '他の人が先に変更しました。最新の内容を読み込みました。',
  adminsOnly: '管理者だけが見られます。',
  menus: {
    notices: 'お知らせ',
    ownNumber: '自分の番号',
    queue: '待ち状況',
    survey: 'アンケート',
    schedule: '日程',
    map: '会場図',
    guide: '案内',
    system: 'システム',
    search: '検索',
    attendance: '来場者数',
    booking: 'コーナー予約',
    posting: '投稿',
    review: '審査',
    results: '結果',
    setUp: '設定',
  } satisfies Record<Menu, string>,
}
const en: typeof ja = {
  text: 'Choose the menus of each role. Search, posting, review and results are refused by the server, too, where they are off. A change holds within seconds.',
  role: 'Role',
  sum: 'Sum',
  save: 'Save',
  saved: 'Saved',
  clash: 'Someone else changed this meanwhile. The newest state is shown.',
  adminsOnly: 'Only admins can see this.',
  menus: {
    notices: 'Notices',
    ownNumber: 'Own number',
    queue: 'Queue',
    survey: 'Survey',
    schedule: 'Schedule',
    map: 'Venue map',
    guide: 'Guide',
    system: 'System',
    search: 'Search',
    attendance: 'Attendance',
    booking: 'Corner booking',
    posting: 'Posting',
    review: 'Review',
    results: 'Results',
    setUp: 'Set-up',
  },
}

/** Words of the part where menus are given to roles. */
export const words = dictionary({ ja, en })
