import sharp from 'sharp'

/** The park of the demo from above: paths, lawns, trees, a river, tents and halls; what they are is said by the spots. */
export async function drawVenue(): Promise<Uint8Array> {
  const [width, height] = [1600, 1000]
  const trees = Array.from({ length: 46 }, (_, n) => tree(n, width, height)).join('')
  const stalls = [0, 1, 2, 3, 4].map((n) => box([620 + n * 88, 640, 66, 50], '#d9822b')).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#e4ecd8"/>
    <path d="M0 120C300 40 620 190 900 110S1400 60 1600 150V0H0Z" fill="#9cc7e0"/>
    <path d="M-20 880C300 760 460 820 700 560S1200 380 1620 420" fill="none" stroke="#cdbb95" stroke-width="64"/>
    <path d="M800 1020C780 820 860 700 820 520S720 300 760 120" fill="none" stroke="#cdbb95" stroke-width="44"/>
    <ellipse cx="1180" cy="700" rx="260" ry="170" fill="#c4dcae" stroke="#98b884" stroke-width="6"/>
    ${trees}
    ${box([180, 380, 260, 150], '#8b5e3c')}${box([1330, 240, 180, 130], '#5a6f8c')}${box([330, 640, 130, 90], '#b04a3a')}
    ${stalls}${box([1090, 560, 190, 26], '#333')}
  </svg>`
  return await sharp(Buffer.from(svg)).png().toBuffer()
}

type Box = [x: number, y: number, width: number, height: number]
const box = ([x, y, width, height]: Box, roof: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${roof}" stroke="#fff" stroke-width="5"/>
   <path d="M${x} ${y + height / 2}H${x + width}" stroke="#fff" stroke-opacity="0.4" stroke-width="3"/>`

/** Scattered alike each time, along the edges where no path is. */
function tree(n: number, width: number, height: number): string {
  const x = (n * 197) % width
  const y = n % 2 === 0 ? 190 + ((n * 53) % 120) : height - 40 - ((n * 71) % 150)
  return `<circle cx="${x}" cy="${y}" r="${16 + (n % 4) * 4}" fill="#5f9150" fill-opacity="0.85"/>`
}
