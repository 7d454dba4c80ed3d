/** A colour as eyes see distances: lightness 0–1, green to red, blue to yellow. https://bottosson.github.io/posts/oklab/ */
export type Oklab = readonly [lightness: number, a: number, b: number]
export type Rgb = readonly [red: number, green: number, blue: number]

/** Of each of the 256 values of an sRGB channel, the light that it stands for. */
const linearOf = Float64Array.from({ length: 256 }, (_, value) => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
})

/** The light, 0–1, that a value of an sRGB channel stands for. */
export const lightIn = (value: number): number => linearOf[value] ?? 0

export const oklabOf = (red: number, green: number, blue: number): Oklab =>
  oklabOfLight(lightIn(red), lightIn(green), lightIn(blue))

/** The same of light itself, as it is when several colours are seen as one. */
export function oklabOfLight(r: number, g: number, b: number): Oklab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** The light of the three channels, below 0 or above 1 where no screen shows the colour. */
function lightOf([lightness, a, b]: Oklab): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const inGamut = (light: readonly number[]) => light.every((part) => part >= -1e-6 && part <= 1 + 1e-6)

/** The nearest colour of a screen with the same lightness: where there is none so strong, it becomes paler, not lighter. */
export function rgbOf([lightness, a, b]: Oklab): Rgb {
  const level = Math.min(1, Math.max(0, lightness))
  let light = lightOf([level, a, b])
  if (!inGamut(light)) {
    let strong = 1
    let pale = 0
    for (let round = 0; round < 14; round++) {
      const middle = (strong + pale) / 2
      if (inGamut(lightOf([level, a * middle, b * middle]))) pale = middle
      else strong = middle
    }
    light = lightOf([level, a * pale, b * pale])
  }
  return [channelOf(light[0]), channelOf(light[1]), channelOf(light[2])]
}

function channelOf(light: number): number {
  const part = Math.min(1, Math.max(0, light))
  return Math.round(255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055))
}

export const hexOf = ([red, green, blue]: Rgb): string =>
  `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`

export function rgbIn(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
