import { createPrivateKey, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { encode } from 'uqr'
import { signBib } from '../../functions/rules/bib-qr.ts'
import { loadKeys } from '../../sync-server/login/keys.ts'

type BibOf = { dataDir: string; event: string; number: string; issue?: number }

/** The text of a bib, signed with the key of the installation in `dataDir`. */
export async function bibText({ dataDir, event, number, issue = 1 }: BibOf): Promise<string> {
  const keys = await loadKeys({ folder: join(dataDir, 'keys') })
  const key = createPrivateKey(await readFile(join(dataDir, 'keys', 'bib.pem')))
  return signBib({ event, number, issue, kid: keys.bib.kid }, async (message) => sign(null, message, key))
}

const shownFrames = 75
const emptyFrames = 60

/** A film for the fake camera: each text as a printed code for 2.5 s, then an empty hand for 2 s, for ever. */
export async function writeBibVideo(path: string, texts: readonly string[]): Promise<void> {
  const nothing = await jpeg(emptyScene)
  const parts: Buffer[] = []
  for (const text of texts) {
    const bib = await bibPicture(text)
    for (let i = 0; i < shownFrames; i++) parts.push(bib)
    for (let i = 0; i < emptyFrames; i++) parts.push(nothing)
  }
  await writeFile(path, Buffer.concat(parts))
}

/** What a camera sees of a bib that is held a little askew. */
export const bibPicture = (text: string): Promise<Buffer> => jpeg(bibScene(text))

const jpeg = (svg: string) => sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer()
const scene = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#5d7a68"/><path d="M0 330h640v150H0z" fill="#77623f"/>${inside}</svg>`
const emptyScene = scene('')

/** A code on white paper, held a little askew. */
function bibScene(text: string): string {
  const { data, size } = encode(text, { border: 4 })
  const side = 380 / size
  const squares = data.flatMap((row, y) =>
    row.map((dark, x) =>
      dark ? `<path d="M${x * side} ${y * side}h${side + 0.1}v${side + 0.1}h-${side + 0.1}z"/>` : '',
    ),
  )
  return scene(
    `<g transform="translate(140 40) rotate(3)"><rect width="380" height="400" fill="#fff"/>${squares.join('')}</g>`,
  )
}
