import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ForgetReport } from '../../design-docs/forgetting.ts'

/** Leaves the proof as a file in `forgotten/` of the data folder. */
export async function saveReport(dataDir: string, report: ForgetReport): Promise<void> {
  const folder = join(dataDir, 'forgotten')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = [report.event, report.team, report.at].filter((part) => part !== undefined).join('-')
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
}
