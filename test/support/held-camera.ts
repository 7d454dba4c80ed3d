import type { BrowserContext, Page } from 'playwright'

declare const window: Window & { hold(base64: string): Promise<void> }

/** Gives the pages of this browser profile a camera that sees nothing but what `holdUp` shows it. */
export async function useHeldCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 480 })
    const context = canvas.getContext('2d')
    let held: ImageBitmap | undefined
    // A canvas gives a frame only when it is drawn on.
    setInterval(() => held && context?.drawImage(held, 0, 0, 640, 480), 50)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20)
    window.hold = async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      held = await createImageBitmap(new Blob([bytes]))
    }
  })
}

/** Holds a picture of 4 by 3 before the camera until the next one is held there. */
export async function holdUp(page: Page, picture: Buffer): Promise<void> {
  await page.evaluate((base64) => window.hold(base64), picture.toString('base64'))
}
