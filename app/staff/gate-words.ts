import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  scanFirst: 'チームは、ゼッケンを読み取ると表示されます',
  scanFirstText: 'この役割では名簿を検索できません。一度読み取ったチームは、電波がなくても開けます。',
}
const en: typeof ja = {
  scanFirst: 'A team is shown once its bib was scanned',
  scanFirstText: 'This role cannot search the roster. A team that was scanned once opens with no signal, too.',
}

/** Words of a phone that carries no roster; they come with the screens beside scanning. */
export const gateWords = dictionary({ ja, en })
