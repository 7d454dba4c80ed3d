import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from 'playwright'
import { keptProfiles } from './kept-profiles.ts'

/** Named by the environment, else where `setup/install.mjs` looks too, else the one that Playwright brought. */
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const whole = process.env.CHROMIUM || usual.find((path) => existsSync(path))
/** The same browser without windows, menus and pages of its own, for four fifths of the work. */
const shell = ['/usr/bin/chromium-headless-shell'].find((path) => existsSync(path) && !process.env.CHROMIUM)
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const still = ['--disable-component-update', '--disable-sync', '--no-sandbox']
/** Pages of the browser's own, one process a window for a list that nobody opens; what Playwright turns off as well, for the last flag holds. */
const unwanted = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]
/** Five pictures a second are enough to see a camera open, and a sixth of the work. */
const fakes = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=fps=5']

type Wanted = {
  camera?: string
  /** How many lenses there are to choose from; only the whole browser knows them again after a reload. */
  lenses?: number
  /** For another tool that wants to steer it as well. */
  debuggingPort?: number
  /** Neither WebAssembly nor compiled scripts, as on an iPhone in Lockdown Mode. */
  lockedDown?: boolean
}

/** Chromium with a camera that shows a file of JPEGs one after the other, at 30 a second, for ever. */
export function launchChromium({
  camera,
  lenses = 1,
  debuggingPort,
  lockedDown = false,
}: Wanted = {}): Promise<Browser> {
  const seen = camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`]
  const steered = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`]
  // Of a flag that is given twice the last one holds.
  const choice = camera === undefined ? [] : ['--use-fake-device-for-media-stream']
  const more = lenses === 1 ? [] : [`--use-fake-device-for-media-stream=device-count=${lenses}`]
  const slow = lockedDown ? ['--js-flags=--jitless'] : []
  return chromium.launch(options([...seen, ...choice, ...more, ...steered, ...slow], lenses > 1 ? whole : undefined))
}

let shared: Promise<SharedBrowser> | undefined
type SharedBrowser = { browser: Browser; profile: ReturnType<typeof keptProfiles> }

/** The one Chromium of all the tests of this process; closing what is answered ends only the profiles opened by it. */
export async function sharedChromium(): Promise<Browser> {
  const opened: BrowserContext[] = []
  return Object.assign(Object.create((await runningChromium()).browser) as Browser, {
    async newContext(wanted: BrowserContextOptions) {
      const context = await (await runningChromium()).profile(wanted)
      opened.push(context)
      return context
    },
    async close() {
      await Promise.all(opened.map((context) => context.close()))
    },
  })
}

/** It ends with the process that started it; where something else ended it, the next test has another. */
async function runningChromium(): Promise<SharedBrowser> {
  const before = await shared
  if (before?.browser.isConnected()) return before
  shared = chromium.launch(options([])).then((browser) => ({ browser, profile: keptProfiles(browser) }))
  return await shared
}

function options(further: string[], executablePath = shell ?? whole): LaunchOptions {
  return {
    ...(executablePath !== undefined && { executablePath }),
    args: [...quiet, ...still, `--disable-features=${unwanted}`, ...fakes, ...further],
  }
}
