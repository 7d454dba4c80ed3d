import { randomBytes } from 'node:crypto'
import { ulid } from '../../../design-docs/ids.ts'
import { type MailKind, type Outgoing, outgoing, outgoingId, sentMail } from '../../../design-docs/mail.ts'
import { type Ledger, ledger, type PostLine, postLog } from '../../../design-docs/stations.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { readDocs } from '../../../sync-server/login/office.ts'
import { type PostOffice, startPostOffice } from '../../../sync-server/post/post-office.ts'
import { type EnvStation, readSmtpUrls } from '../../../sync-server/post/read-smtp-urls.ts'
import { writeMail } from '../../../sync-server/post/write-mail.ts'
import { messageIdOf } from '../../../sync-server/post/written-mail.ts'
import { manualClock } from '../../feed/support/manual-clock.ts'
import { openDoors } from '../../gateway/open-doors.ts'

export type TestPost = Awaited<ReturnType<typeof openTestPost>>
const domain = 'run.example'
const occasions = {
  reply: 'entered',
  passcode: 'sign-in',
  mailing: 'mailing',
  notice: 'station',
  test: 'test',
  application: 'granted',
} as const

/** A post office over a real database, with stations on this machine and a clock that stands. */
export async function openTestPost() {
  const doors = await openDoors()
  const clock = manualClock(doors.clock.now)
  const offices: PostOffice[] = []
  const { office } = doors.it
  let count = 0

  return {
    doors,
    clock,
    office,
    /** As `SMTP_URLS` would name them. */
    stations: (port: number, ...names: string[]): EnvStation[] =>
      readSmtpUrls(
        names.map((name) => `smtp://${name}@127.0.0.1:${port}?from=${name.split(':')[0]}@run.example`).join(','),
      ),
    /** `isWritten`: replies and passcodes, too, are what the product writes. */
    open(envStations: readonly EnvStation[], about: { isWritten?: boolean } = {}): PostOffice {
      const opened = startPostOffice({
        it: doors.it,
        write: async (mail) =>
          mail.mailing !== undefined || mail.kind === 'notice' || mail.kind === 'test' || about.isWritten
            ? writeMail(doors.it, mail, { baseUrl: 'https://run.example', domain })
            : {
                messageId: messageIdOf(mail.key, domain),
                from: { name: '大会', address: `zekken@${domain}` },
                to: `${mail.key}@example.org`,
                subject: mail.key,
                text: 'x',
                html: '<p>x</p>',
                attachments: [],
              },
        transport: { send: () => Promise.reject(new Error('there are stations')) },
        envStations,
        domain,
        clock,
        log: { info() {}, warn() {}, error() {} },
      })
      offices.push(opened)
      return opened
    },
    async queue(kind: MailKind, keys: readonly string[], about: Partial<Outgoing> = {}): Promise<void> {
      const queuedAt = clock.now() + count++
      const docs = keys.map(
        (key): Outgoing => ({
          _id: outgoingId(key),
          type: 'outgoing',
          key,
          event: doors.event,
          kind,
          draft: ulid(queuedAt, randomBytes(10)),
          occasion: occasions[kind],
          state: 'waiting',
          queuedAt,
          nextAt: clock.now(),
          tries: 0,
          ...about,
        }),
      )
      await office.bulk(docs as CouchDoc[])
    },
    waiting: () => readDocs(office, 'outgoing', outgoing),
    sent: () => readDocs(office, 'sent', sentMail),
    ledgers: () => readDocs(office, 'ledger', ledger) as Promise<Ledger[]>,
    async lines(): Promise<PostLine[]> {
      return (await readDocs(office, 'post-log', postLog)).flatMap((doc) => doc.lines)
    },
    async close() {
      for (const one of offices) await one.stop()
      await doors.close()
    },
  }
}

export const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`)
