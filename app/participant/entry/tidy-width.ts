/** Letters and digits as they are kept, where the keyboard was left in Japanese: ２５ is 25. */
export const tidyWidth = (text: string) => text.normalize('NFKC').trim()
