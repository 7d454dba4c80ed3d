import { createHash } from 'node:crypto'

const style = `body{font:1.1rem/1.7 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.5rem;color:#1c211e;background:#fff}
h1{font-size:1.4rem}p{margin:.6em 0}
@media(prefers-color-scheme:dark){body{color:#e8ebe9;background:#151917}}`

/** For the page's policy: its one style and nothing else. */
export const closedStyleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

const words = {
  ja: {
    title: 'この写真は開けません',
    heading: 'このリンクでは写真を開けません。',
    lines: [
      '写真のリンクは、作った端末で一度だけ、1分以内に開けます。',
      'アプリに戻り、写真をもう一度開いてください。新しいリンクが自動で作られます。',
    ],
  },
  en: {
    title: 'This picture does not open',
    heading: 'This link does not open a picture.',
    lines: [
      'The link of a picture opens once, within a minute, on the device that asked for it.',
      'Go back to the app and open the picture again: it makes a new link by itself.',
    ],
  },
} as const

/** What somebody sees whose link opens nothing; it does not say why, and tells what to do. */
export function closedLinkPage(language: keyof typeof words): string {
  const { title, heading, lines } = words[language]
  const text = lines.map((line) => `<p>${line}</p>`).join('\n')
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} — zekken</title><style>${style}</style></head><body><main>
<h1>${heading}</h1>
${text}
</main></body></html>
`
}
