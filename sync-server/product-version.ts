import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const packageFile = join(import.meta.dirname, '..', 'package.json')

/** The version of the product as package.json states it. */
export const productVersion = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version
