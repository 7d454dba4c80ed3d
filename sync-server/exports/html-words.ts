/** Words of the result page and of results on paper beside those of the sheets. */
export const resultWords = {
  ja: {
    title: (event: string) => `${event} 成績`,
    asOf: (time: string) => `${time} 現在`,
    classes: 'クラス',
    none: 'まだ成績がありません。',
    place: (n: number) => `${n}位`,
    awards: '表彰',
    page: (n: number, of: number) => `${n} / ${of}`,
  },
  en: {
    title: (event: string) => `${event}: results`,
    asOf: (time: string) => `As of ${time}`,
    classes: 'Classes',
    none: 'No results yet.',
    place: (n: number) => String(n),
    awards: 'Awards',
    page: (n: number, of: number) => `${n} / ${of}`,
  },
} as const
