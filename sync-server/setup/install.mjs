// Makes a fresh clone ready. Runs on the Node that is there (20 or newer), before anything is installed,
// so it is plain JavaScript and imports nothing but Node.
//   --build    build the apps when their sources changed
//   --browser  have a Chromium and a Japanese font for the browser tests
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..')
const inRoot = (...parts) => join(root, ...parts)
const flags = new Set(process.argv.slice(2))

installPackages()
if (flags.has('--build')) buildApps()
if (flags.has('--browser')) provideBrowser()

/** `npm install`, unless node_modules was made from this very lock file. */
function installPackages() {
  const mark = inRoot('node_modules', '.installed-from')
  const want = hashOf([inRoot('package.json'), inRoot('package-lock.json')])
  if (existsSync(mark) && readFileSync(mark, 'utf8') === want) return
  say('Installing packages …')
  const npm = process.env.npm_execpath
  const [command, first] = npm ? [process.env.npm_node_execpath ?? process.execPath, [npm]] : ['npm', []]
  run(command, [...first, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(mark, want)
}

/** Vite's build, unless `dist` was made from these very sources. */
function buildApps() {
  const mark = inRoot('dist', '.built-from')
  const sources = ['app', 'functions/rules', 'design-docs', 'public'].flatMap((folder) => filesOf(inRoot(folder)))
  const want = hashOf([...sources, inRoot('vite.config.ts'), inRoot('package-lock.json')])
  if (existsSync(mark) && readFileSync(mark, 'utf8') === want) return
  say('Building the apps …')
  run(localNode(), [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
  writeFileSync(mark, want)
}

function provideBrowser() {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync)
  const fonts = spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' }).stdout ?? ''
  const packages = [...(found ? [] : ['chromium']), ...(fonts.trim() ? [] : ['fonts-noto-cjk'])]
  if (packages.length === 0 || process.env.CHROMIUM) return
  const mayInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (!mayInstall) {
    say(`The browser tests need ${packages.join(' and ')}. On Debian: sudo apt-get install ${packages.join(' ')}.`)
    say('Elsewhere: npx playwright install chromium, and CHROMIUM=<path of the binary>.')
    process.exit(1)
  }
  say(`Installing ${packages.join(' and ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], env)
  // Where there is one, a browser without windows does the tests' work for less.
  const light = found ? [] : ['chromium-headless-shell'].filter(isPackage)
  run('apt-get', ['install', '-y', '-qq', ...packages, ...light], env)
}

/** @param {string} name */
function isPackage(name) {
  return spawnSync('apt-cache', ['show', name]).status === 0
}

/** The Node that came with the packages, which may be newer than the one running this. */
function localNode() {
  const path = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  return existsSync(path) ? path : process.execPath
}

function run(command, args, env = process.env) {
  const path = `${inRoot('node_modules', '.bin')}${delimiter}${env.PATH}`
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, PATH: path },
  })
  if (status !== 0) process.exit(status ?? 1)
}

function filesOf(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update(existsSync(file) ? readFileSync(file) : '')
  return hash.digest('hex')
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
