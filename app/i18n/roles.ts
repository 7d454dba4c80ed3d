import type { Role } from '../../design-docs/primitives.ts'
import type { Language } from './language.ts'

/** What a role is called within a sentence, in every app. */
export const roles: Record<Language, Record<Role, string>> = {
  ja: {
    participant: '参加者',
    agent: '代理人',
    staff: 'スタッフ',
    core: '本部スタッフ',
    corner: 'コーナー担当',
    judge: '審査員',
    admin: '管理者',
    display: '表示用端末',
    server: 'サーバー',
  },
  en: {
    participant: 'participant',
    agent: 'agent',
    staff: 'staff',
    core: 'core staff',
    corner: 'corner staff',
    judge: 'judge',
    admin: 'administrator',
    display: 'display',
    server: 'server',
  },
}
