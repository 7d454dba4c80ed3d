import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { loadKeys } from '../login/keys.ts'
import { forgetBibKey, rotateBibKey } from '../login/rotate-bib-key.ts'

/** Gives bibs a new key, or with `--forget KID` lets an old one count for nothing. Servers take it up when they start. */
const { values } = parseArgs({ options: { forget: { type: 'string' } } })
const folder = join(readConfig(process.env).dataDir, 'keys')

if (values.forget !== undefined) {
  const forgotten = await forgetBibKey(folder, values.forget.toUpperCase())
  process.stdout.write(
    forgotten ? `${values.forget} counts no more. Restart zekken.\n` : `${values.forget} is no old key.\n`,
  )
  if (!forgotten) process.exitCode = 1
} else {
  const keys = await loadKeys({ folder, env: process.env })
  const fromEnvironment = process.env.ZEKKEN_BIB_KEY !== undefined
  const { retired, pem } = await rotateBibKey(folder, keys, { fromEnvironment })
  if (pem !== null) process.stdout.write(`Set ZEKKEN_BIB_KEY to all of this:\n${pem}`)
  const { bib } = await loadKeys({ folder, env: pem === null ? process.env : { ...process.env, ZEKKEN_BIB_KEY: pem } })
  process.stdout.write(`New bibs will be signed by ${bib.kid}; those signed by ${retired} stay good. Restart zekken.\n`)
}
