import type { Config } from '../config.ts'
import type { Couch } from '../couch/client.ts'
import { functionsAtWork } from '../external/functions-at-work.ts'
import { type Runner, startRunner } from '../feed/start-runner.ts'
import { openStorage } from '../images/open-storage.ts'
import { bibTextsOf } from '../login/bib-text.ts'
import { bibKeys, type Keys } from '../login/keys.ts'
import { registeredEvents } from '../setup/event-register.ts'

/** The functions for a command, while no server runs them; what they have to say goes to standard error. */
export async function runAlone(config: Config, { keys, couch }: { keys: Keys; couch: Couch }): Promise<Runner> {
  const say = (message: string, fields?: object) => process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`)
  return await startRunner({
    couch,
    functions: functionsAtWork(config),
    events: async () => (await registeredEvents(couch)).map(({ code }) => code),
    storage: await openStorage(config.storage),
    bibKeys: async () => bibKeys(keys),
    bibTexts: (bib) => bibTextsOf(keys, bib),
    log: { info: say, warn: say, error: say },
  })
}
