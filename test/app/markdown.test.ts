import { expect, test } from 'vitest'
import { audienceOf, readNumbers } from '../../app/notices/audience-choice.ts'
import { htmlOf } from '../../app/notices/markdown.ts'

test('[NT15] Markdown becomes headings, lists, emphasis and links', () => {
  expect(htmlOf('# A\n\n- *b*\n- **c**\n\n[d](https://example.com/)')).toBe(
    '<h1>A</h1>\n<ul>\n<li><em>b</em></li>\n<li><strong>c</strong></li>\n</ul>\n<p><a href="https://example.com/">d</a></p>',
  )
})

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '[x]: javascript:alert(1)\n\n[x]',
  '![x](https://example.com/track.gif)',
  '![x][y]\n\n[y]: https://example.com/track.gif',
  '<javascript:alert(1)>',
  '[x](https://example.com/"onmouseover="alert(1))',
  '`<b onclick=alert(1)>`',
  '```\n<iframe src=//example.com>\n```',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
]
test.each(hostile)('[NT16] nothing of %j runs, loads or leads astray', (text) => {
  const html = htmlOf(text)
  const tags = [...html.matchAll(/<\/?([a-z0-9]+)((?:\s[^>]*)?)>/gi)]
  expect(tags.length).toBeGreaterThan(0)
  for (const [, name, attributes] of tags) {
    expect(['p', 'a', 'code', 'pre']).toContain(name)
    expect(attributes ?? '').toMatch(/^(?: href="(?:https:\/\/example\.com\/[^"]*)?")?$/)
  }
})

test('[NT17] bib numbers are read in any width, case and separation, each once; the first that is none is named', () => {
  expect(readNumbers(' １２, a3、12\n13;14 ')).toEqual({ numbers: ['12', 'A3', '13', '14'], bad: null })
  expect(readNumbers('12 1-3 x!').bad).toBe('1-3')
  expect(audienceOf('class:a', [])).toEqual({ classes: ['a'] })
  expect(audienceOf('teams', ['12'])).toEqual({ teams: ['12'] })
  expect(audienceOf('everyone', ['12'])).toEqual({})
})
