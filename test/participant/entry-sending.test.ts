import { describe, expect, test } from 'vitest'
import type { Attempt, EntryPage } from '../../app/participant/entry/entry-api.ts'
import { sendEntry } from '../../app/participant/entry/send-entry.ts'
import { createSending } from '../../app/participant/entry/sending.ts'
import type { CheckedEntry } from '../../design-docs/entry.ts'

const checked = (name: string): CheckedEntry => ({
  name,
  classIds: ['a'],
  members: [{ id: 'm1', name: '山田\u3000太郎', age: 20 }],
  mail: 'a@example.org',
  answers: { size: 's', heard: ['web'] },
  memberAnswers: {},
  consents: [],
})
const pageOf = (entry: CheckedEntry): EntryPage => ({ number: '1', editToken: 'k', entry, enteredAt: 1, changedAt: 1 })
const application = (name: string) => ({
  draft: '01J0000000000000000000000A',
  entry: { name, mail: 'a@example.org', classIds: ['a'], members: [] },
  language: 'ja' as const,
})

describe('[EN45] sending an entry', () => {
  const server = (kept: CheckedEntry) => {
    const asked: string[] = []
    const api = {
      enter: async (): Promise<Attempt<EntryPage>> => {
        asked.push('enter')
        return { result: 'done', value: pageOf(kept) }
      },
      edit: async (key: { token: string }, entry: { name: string }): Promise<Attempt<EntryPage>> => {
        asked.push(`edit ${key.token} ${entry.name}`)
        return { result: 'done', value: pageOf(checked(entry.name)) }
      },
    }
    return { api, asked }
  }

  test('is done with the first answer, in whatever order the parts come back', async () => {
    const { answers, ...rest } = checked('一')
    const { api, asked } = server({ answers: { heard: ['web'], size: 's' }, ...rest })
    await sendEntry(api, 'e', { application: application('一'), checked: { ...rest, answers } })
    expect(asked).toEqual(['enter'])
  })

  test('sends what was changed since a try whose answer was lost', async () => {
    const { api, asked } = server(checked('一'))
    const got = await sendEntry(api, 'e', { application: application('二'), checked: checked('二') })
    expect(asked).toEqual(['enter', 'edit k 二'])
    expect(got).toMatchObject({ value: { entry: { name: '二' } } })
  })
})

/** A phone's timers and wake-ups, moved by hand. */
function phone() {
  const timers: { ms: number; then: () => void }[] = []
  const wakes = new Set<() => void>()
  const ports = {
    after(ms: number, then: () => void) {
      const timer = { ms, then }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
    },
    onWake(then: () => void) {
      wakes.add(then)
      return () => void wakes.delete(then)
    },
    random: { fraction: () => 0, bytes: (count: number) => new Uint8Array(count) },
  }
  return { ports, timers, wakes }
}

describe('[EN44] trying again', () => {
  const offline: Attempt<string> = { result: 'waiting', why: 'offline', afterMs: null }
  const start = (answers: Attempt<string>[]) => {
    const { ports, timers, wakes } = phone()
    const done: string[] = []
    let asked = 0
    const sending = createSending<string>({
      ports,
      attempt: async () => {
        asked++
        return answers.shift() ?? offline
      },
      onDone: (value) => void done.push(value),
    })
    return { sending, timers, wakes, done, asked: () => asked }
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  test('waits longer each time, and not at all when the link is back or a person says so', async () => {
    const { sending, timers, wakes, done, asked } = start([offline, offline, offline, { result: 'done', value: 'in' }])
    sending.send()
    sending.send()
    await settled()
    expect([asked(), sending.state.value, timers.map(({ ms }) => ms)]).toEqual([
      1,
      { step: 'waiting', why: 'offline' },
      [500],
    ])
    timers[0]?.then()
    await settled()
    expect(timers.map(({ ms }) => ms)).toEqual([1000])
    for (const wake of wakes) wake()
    await settled()
    expect([asked(), timers.length, wakes.size]).toEqual([3, 1, 1])
    sending.send()
    await settled()
    expect([done, sending.state.value, timers.length, wakes.size]).toEqual([['in'], { step: 'idle' }, 0, 0])
  })

  test('a server that names a time is not asked before, whatever wakes the phone', async () => {
    const { sending, timers, wakes } = start([{ result: 'waiting', why: 'busy', afterMs: 9000 }])
    sending.send()
    await settled()
    expect([timers.map(({ ms }) => ms), wakes.size]).toEqual([[9000], 0])
  })

  test('a refusal is the end; what was stopped is not heard any more', async () => {
    const refusal = { code: 'ZK-ENTRY-002', fields: [] }
    const { sending, timers, done } = start([
      { result: 'refused', refusal },
      { result: 'done', value: 'late' },
    ])
    sending.send()
    await settled()
    expect([sending.state.value, timers.length]).toEqual([{ step: 'refused', refusal }, 0])
    sending.send()
    sending.stop()
    await settled()
    expect([done, sending.state.value]).toEqual([[], { step: 'idle' }])
  })
})
