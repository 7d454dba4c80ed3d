import { expect, test } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import { outgoing } from '../../design-docs/mail.ts'
import { openQueue } from '../../sync-server/post/mail-queue.ts'

const mail = (key: string, tries: number) =>
  outgoing.parse({
    ...{
      _id: `outgoing:${key}`,
      type: 'outgoing',
      key,
      kind: 'reply',
      event: 'demo',
      draft: ulid(0, new Uint8Array(10)),
    },
    ...{ occasion: 'entered', state: 'waiting', queuedAt: 1, nextAt: 1, tries },
  })

test('[PO51] what was read before a mail was put down does not bring it back as it was then', () => {
  const queue = openQueue()
  queue.replace([mail('a', 1), mail('b', 1)], queue.reading())
  const reading = queue.reading()
  queue.takeUp('a')
  queue.delete('a')
  queue.putDown('a')
  queue.replace([mail('a', 1), mail('b', 2)], reading)
  expect(queue.lines(9).flat()).toEqual([mail('b', 2)])
  expect([queue.isKnownSince(reading, 'a'), queue.isKnownSince(reading, 'b')]).toEqual([true, false])
  // One that was read after it is as it is.
  queue.replace([mail('a', 2)], queue.reading())
  expect(queue.lines(9).flat()).toEqual([mail('a', 2)])
})
