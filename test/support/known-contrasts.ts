import type { Page } from 'playwright'

type Evaluate = (this: object, node: Element, ...more: unknown[]) => boolean | undefined
type Axe = { _audit: { checks: Record<string, { evaluate: Evaluate }> } }
declare const window: { axe: Axe; knownContrasts?: Set<string>; paintedBoxes?: [Element, DOMRect][] | undefined }

/** Colours and sizes of text that axe has measured and found sound, as long as this process runs. */
const known = new Set<string>()

/**
 * Three quarters of axe's time go to the contrast of texts that look like thousands before them. Once measured as sound,
 * text of the same size and colour on the same colour is taken as such, wherever nothing but that colour lies under it.
 */
export async function trustKnownContrasts(page: Page): Promise<void> {
  await page.evaluate(
    (told) => {
      window.paintedBoxes = undefined
      if (window.knownContrasts) return
      const sound = new Set(told)
      window.knownContrasts = sound
      const check = window.axe._audit.checks['color-contrast']!
      const measure = check.evaluate
      const transparent = 'rgba(0, 0, 0, 0)'

      check.evaluate = function (node, ...more) {
        const look = lookOf(node)
        if (look !== null && sound.has(look)) return true
        let measured = false
        const noting = Object.assign(Object.create(this) as { data(found: Found): void }, {
          data: (found: Found) => {
            // Text that was hidden, or whose colours could not be told, was not measured.
            measured = found.messageKey === undefined && typeof found.contrastRatio === 'number'
            ;(this as { data(found: Found): void }).data(found)
          },
        })
        const result = measure.call(noting, node, ...more)
        if (result === true && measured && look !== null) sound.add(look)
        return result
      }
      type Found = { messageKey?: string; contrastRatio?: number }

      /** Null where more than one plain colour could lie under the text, or something changes its colours. */
      function lookOf(node: Element): string | null {
        const { color, fontSize, fontWeight, textShadow, webkitTextStroke, webkitTextFillColor } =
          getComputedStyle(node)
        const text = [color, fontSize, fontWeight, textShadow, webkitTextStroke, webkitTextFillColor]
        let ground: string | null = null
        for (let at: Element | null = node; at; at = at.parentElement) {
          const style = getComputedStyle(at)
          if (style.opacity !== '1' || style.filter !== 'none' || style.mixBlendMode !== 'normal') return null
          if (ground !== null) continue
          if (style.backgroundImage !== 'none') return null
          if (/^rgb\(/.test(style.backgroundColor)) {
            if (!holds(at, node)) return null
            ground = style.backgroundColor
          } else if (style.backgroundColor !== transparent || !['static', 'relative'].includes(style.position))
            return null
        }
        return ground === null || crossed(node) ? null : [ground, ...text].join(' / ')
      }

      /** Whether something that neither holds the text nor belongs to it lies over or under it. */
      function crossed(node: Element): boolean {
        window.paintedBoxes ??= [...document.body.querySelectorAll('*')]
          .filter(paints)
          .map((painted) => [painted, painted.getBoundingClientRect()])
        const own = node.getBoundingClientRect()
        return window.paintedBoxes.some(([other, box]) => {
          const apart = box.left >= own.right || box.right <= own.left || box.top >= own.bottom || box.bottom <= own.top
          return !apart && !other.contains(node) && !node.contains(other)
        })
      }

      function paints(node: Element): boolean {
        if (/^(?:img|svg|canvas|video)$/i.test(node.tagName)) return true
        const { backgroundColor, backgroundImage } = getComputedStyle(node)
        return backgroundColor !== transparent || backgroundImage !== 'none'
      }

      function holds(outer: Element, inner: Element): boolean {
        const [a, b] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()]
        return a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom
      }
    },
    [...known],
  )
}

/** What this page's look has added is known to the next. */
export async function keepKnownContrasts(page: Page): Promise<void> {
  for (const look of await page.evaluate(() => [...(window.knownContrasts ?? [])])) known.add(look)
}
