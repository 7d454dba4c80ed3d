import { expect, test } from 'vitest'
import { openSender } from '../../app/admin/uploads/sender.ts'
import type { Answer } from '../../app/store/http.ts'

const picture = (name: string, content: string, lastModified = 1) => ({
  path: name,
  file: new File([content], name, { lastModified }),
})

/** A sender whose server answers as told, and what it was sent: path and bytes. */
function sending(answer: (path: string) => Pick<Answer, 'kind'> & { code?: string } = () => ({ kind: 'ok' })) {
  const sent: [path: string, text: string][] = []
  const ask = async (path: string, { bytes }: { bytes?: Uint8Array } = {}) => {
    const name = new URL(path, 'http://localhost').searchParams.get('path') ?? ''
    sent.push([name, new TextDecoder().decode(bytes)])
    return answer(name)
  }
  const desk = { ask } as unknown as Parameters<typeof openSender>[0]['desk']
  const sender = openSender({ desk, root: '/batches/1', known: () => new Set() })
  const rest = () => expect.poll(() => sender.active.value).toBe(false)
  return { sender, sent, rest }
}

test('[UP42] two cameras that name their files alike lose none, and a file that is chosen again is sent once', async () => {
  const { sender, sent, rest } = sending()
  const [first, second] = [picture('DSCN0010.jpg', 'first camera'), picture('DSCN0010.jpg', 'second camera', 2)]
  // One card after the other.
  sender.add([first])
  sender.add([second])
  await rest()
  sender.add([second, first, picture('DSCN0011.jpg', 'next')])
  await rest()
  // Files that are sent side by side arrive in any order.
  expect(sent.map(String).sort()).toEqual([
    'DSCN0010.jpg,first camera',
    'DSCN0010.jpg,second camera',
    'DSCN0011.jpg,next',
  ])
  expect([sender.sent.value, sender.items.value.length]).toEqual([3, 3])
})

test('[UP42] what was refused stays in the list with its code, and is tried again when it is chosen again', async () => {
  let isFull = true
  const { sender, rest } = sending((path) =>
    isFull && path === 'b.jpg' ? { kind: 'refused', code: 'X' } : { kind: 'ok' },
  )
  const files = [picture('a.jpg', 'a'), picture('b.jpg', 'b')]
  sender.add(files)
  await rest()
  expect(sender.items.value.map(({ path, state, code }) => [path, state, code])).toEqual([
    ['a.jpg', 'sent', undefined],
    ['b.jpg', 'failed', 'X'],
  ])
  isFull = false
  sender.add(files)
  await rest()
  expect([sender.sent.value, sender.failed.value, sender.items.value.length]).toEqual([2, 0, 2])
})
