import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { loadKeys } from '../login/keys.ts'
import { forgetBibKey, rotateBibKey } from '../login/rotate-bib-key.ts'
import { forgetTokenKey, rotateTokenKey } from '../login/rotate-token-key.ts'

/**
 * Gives bibs a new key, with `--tokens` the access tokens, or with `--forget KID` lets an old one of either count for
 * nothing. Servers take it up when they start; nobody is signed out.
 */
const { values } = parseArgs({ options: { forget: { type: 'string' }, tokens: { type: 'boolean' } } })
const { env } = process
const folder = join(readConfig(env).dataDir, 'keys')
const keys = await loadKeys({ folder, env })
const ofTokens = { folder, fromEnvironment: env.ZEKKEN_SIGNING_KEY !== undefined }
const say = (text: string) => process.stdout.write(`${text}\n`)
const tellPem = (variable: string, pem: string | null) => pem !== null && say(`Set ${variable} to all of this:\n${pem}`)

if (values.forget !== undefined) await forget(values.forget)
else if (values.tokens) {
  const { retired, pem } = await rotateTokenKey(keys, ofTokens)
  tellPem('ZEKKEN_SIGNING_KEY', pem)
  say(`Tokens will be signed by a new key; those signed by ${retired} stay good until they run out.`)
  say('Restart zekken, every process of it. Nobody is signed out by that.')
} else {
  const { retired, pem } = await rotateBibKey(folder, keys, { fromEnvironment: env.ZEKKEN_BIB_KEY !== undefined })
  tellPem('ZEKKEN_BIB_KEY', pem)
  const { bib } = await loadKeys({ folder, env: pem === null ? env : { ...env, ZEKKEN_BIB_KEY: pem } })
  say(`New bibs will be signed by ${bib.kid}; those signed by ${retired} stay good. Restart zekken.`)
}

async function forget(kid: string): Promise<void> {
  if (await forgetBibKey(folder, kid.toUpperCase())) return void say(`${kid} counts no more. Restart zekken.`)
  const ofToken = await forgetTokenKey(keys, kid.toLowerCase(), ofTokens)
  if (!ofToken) {
    say(`${kid} is no old key.`)
    process.exitCode = 1
    return
  }
  tellPem('ZEKKEN_SIGNING_KEY', ofToken.pem)
  say(
    `${kid} counts no more. Restart zekken: phones that are signed in go on, tokens of \`npm run token\` by it do not.`,
  )
}
