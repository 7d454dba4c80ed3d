import type { OfficeRole } from '../../design-docs/applications.ts'

const ja = {
  grantedSubject: (event: string) => `【${event}】スタッフの招待`,
  declinedSubject: (event: string) => `【${event}】スタッフ応募について`,
  to: (name: string) => `${name} 様`,
  granted: (event: string, role: string) =>
    `「${event}」のスタッフにご応募いただき、ありがとうございます。役割は「${role}」です。`,
  open: '次のリンクを、当日に使う端末で開いてください。',
  link: 'アプリを開く',
  until: (time: string) => `このリンクは ${time} まで、1台だけで使えます。ほかの人に渡さないでください。`,
  declined: (event: string) =>
    `「${event}」のスタッフにご応募いただき、ありがとうございました。今回はお願いしないことになりました。`,
  foot: 'お心あたりのない場合は、このメールを破棄してください。',
  roles: {
    staff: 'スタッフ',
    core: '本部スタッフ',
    corner: 'コーナー担当',
    judge: '審査員',
    admin: '管理者',
  } as Record<OfficeRole, string>,
}
const en: typeof ja = {
  grantedSubject: (event) => `${event}: invitation as staff`,
  declinedSubject: (event) => `${event}: your application as staff`,
  to: (name) => `Dear ${name},`,
  granted: (event, role) => `Thank you for applying as staff of ${event}. Your role is: ${role}.`,
  open: 'Open this link on the device that you will use on the day.',
  link: 'Open the app',
  until: (time) => `The link works on one device, until ${time}. Please give it to nobody else.`,
  declined: (event) => `Thank you for applying as staff of ${event}. This time we cannot take you on.`,
  foot: 'If you did not apply, please delete this mail.',
  roles: { staff: 'staff', core: 'core staff', corner: 'corner staff', judge: 'judge', admin: 'administrator' },
}

/** What the mail to an applicant says, in each language. */
export const applicationWords = { ja, en }
