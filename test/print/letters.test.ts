import { describe, expect, test } from 'vitest'
import { drawPdf } from '../../sync-server/print/draw-pdf.ts'
import { typeset, widthOf } from '../../sync-server/print/typesetter.ts'
import { readPdf } from './read-pdf.ts'

const facesOf = (text: string) => typeset(text, 'bold').map(({ face }) => face.name)
const isBox = (text: string) => typeset(text, 'regular').some(({ glyphs }) => glyphs.some(({ id }) => id === 0))
const page = (text: string) => ({
  width: 100,
  height: 20,
  shapes: [{ kind: 'text' as const, text, x: 5, y: 10, size: 5, weight: 'regular' as const, align: 'start' as const }],
})

describe('letters on paper', () => {
  test('[PR11] a text is in letters as far as these go, then in those of other languages, then in emoji', () => {
    expect(facesOf('髙﨑 𠮷 渡邉')).toEqual(['NotoSansJP-Bold'])
    expect(facesOf('走る🏃会')).toEqual(['NotoSansJP-Bold', 'NotoEmoji-Bold', 'NotoSansJP-Bold'])
    expect(facesOf('Łódź')).toEqual(['NotoSans-Bold', 'NotoSansJP-Bold', 'NotoSans-Bold'])
    // A sun of both faces is a letter unless it is asked for as a picture.
    expect(facesOf('☀')).toEqual(['NotoSansJP-Bold'])
    expect(facesOf('☀\ufe0f')).toEqual(['NotoEmoji-Bold'])
  })

  test.each(['👨‍👩‍👧', '👍🏽', '🇯🇵', '❤️', '1️⃣', '🏃‍♀️'])(
    '[PR11] %s is one picture, not its parts and no box',
    (emoji) => {
      expect(isBox(emoji)).toBe(false)
      const runs = typeset(emoji, 'regular')
      expect(runs.map(({ glyphs }) => glyphs.length)).toEqual([1])
      expect(widthOf(runs)).toBeLessThan(1.5)
    },
  )

  test('[PR12] what is drawn can be searched and copied, even where it is a box', async () => {
    const said = '山田 👨‍👩‍👧 👍 ファミリー 葛󠄀 か\u3099 한글'
    expect(isBox('한')).toBe(true)
    const pdf = await readPdf(drawPdf({ title: said, nowMs: 0, pages: () => [page(said)] }))
    const found = (await pdf.texts(1))
      .join('')
      .normalize('NFC')
      .replaceAll(/\s|\u{e0100}/gu, '')
    expect(found).toBe('山田👨‍👩‍👧👍ファミリー葛が한글')
  })

  test('[PR12] a letter that is put together of others comes with them', async () => {
    const blank = await readPdf(drawPdf({ title: '', nowMs: 0, pages: () => [page('')] }))
    const dark = async (pdf: typeof blank) => {
      const { data } = await pdf.picture(1, 2)
      return data.filter((value, at) => at % 4 === 0 && value < 128).length
    }
    // A family's glyph is put together of those of its members.
    const drawn = await readPdf(drawPdf({ title: '', nowMs: 0, pages: () => [page('👨‍👩‍👧')] }))
    expect(await dark(blank)).toBe(0)
    expect(await dark(drawn)).toBeGreaterThan(20)
  })
})
