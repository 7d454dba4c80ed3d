import { expect, test } from 'vitest'
import { mergePdf } from '../../sync-server/jobs/merge-pdf.ts'
import { drawPdf } from '../../sync-server/print/draw-pdf.ts'
import { drawn } from '../functions/scenario.ts'
import { readPdf } from '../print/read-pdf.ts'

async function sheet(text: string, pages: number): Promise<Uint8Array> {
  const photo = await drawn(150, 105, 'rgb(200, 30, 40)')
  return drawPdf({
    title: text,
    nowMs: 0,
    photos: { photo },
    pages: () =>
      Array.from({ length: pages }, (_, n) => ({
        width: 100,
        height: 50,
        shapes: [
          {
            kind: 'label',
            text: `${text} ${n + 1}`,
            x: 5,
            y: 10,
            size: 5,
            weight: 'bold',
            align: 'start',
            tone: 'ink',
          },
          { kind: 'picture', photo: 'photo', x: 50, y: 20, width: 30, height: 21 },
        ],
      })),
  })
}

test('[JB7] a merged PDF has the pages of each in order, with their letters and pictures', async () => {
  const sheets = [await sheet('髙﨑 𠮷', 2), await sheet('渡邉 (1\\2)', 1), await sheet("=1+1 O'Brien", 3)]
  async function* given() {
    yield* sheets
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of mergePdf(given())) chunks.push(chunk)
  // Piece by piece: none is as large as all together.
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(Math.max(...sheets.map(({ length }) => length)))
  const merged = await readPdf(Buffer.concat(chunks))
  expect(merged.pages).toBe(6)
  const said = []
  for (let n = 1; n <= 6; n++) said.push((await merged.texts(n)).join(''))
  expect(said).toEqual([
    '髙﨑 𠮷 1',
    '髙﨑 𠮷 2',
    '渡邉 (1\\2) 1',
    "=1+1 O'Brien 1",
    "=1+1 O'Brien 2",
    "=1+1 O'Brien 3",
  ])
  for (const n of [1, 3, 6]) {
    const { data, width } = await merged.picture(n, 1)
    const [x, y] = [Math.round((65 * 72) / 25.4), Math.round((30 * 72) / 25.4)]
    const [red = 0, green = 0] = data.subarray((y * width + x) * 4)
    expect(red - green).toBeGreaterThan(120)
  }
})

test('[JB7] nothing merged is still a PDF', async () => {
  const chunks: Uint8Array[] = []
  for await (const chunk of mergePdf((async function* () {})())) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString('latin1')).toMatch(/^%PDF-1\.7[\s\S]*%%EOF\n$/)
})
