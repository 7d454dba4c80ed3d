import { createHash } from 'node:crypto'

const style = `body{font:1.1rem/1.7 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.5rem;color:#1c211e;background:#fff}
h1{font-size:1.4rem}p{margin:.6em 0}[lang=en]{margin-top:2.5em;padding-top:1.5em;border-top:1px solid #ccc}
@media(prefers-color-scheme:dark){body{color:#e8ebe9;background:#151917}}`

/** For the page's policy: its one style and nothing else. */
export const pageStyleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/** What somebody sees whose link opens nothing, in both languages; it does not say why. */
export const noReportPage = `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>成績表 / Scoreboard — zekken</title><style>${style}</style></head><body><main>
<section><h1>このリンクでは成績表を開けません。</h1>
<p>リンクが途中で切れていないか確かめてください。期限が過ぎたか、取り消された可能性もあります。</p>
<p>新しいリンクは、大会の運営本部にお問い合わせください。チームのゼッケン番号をお伝えください。</p></section>
<section lang="en"><h1>This link does not open a scoreboard.</h1>
<p>See whether a part of it was cut off. It may also have run out, or have been withdrawn.</p>
<p>Ask the organizers of the event for a new one, and tell them the number on your bib.</p></section>
</main></body></html>
`
