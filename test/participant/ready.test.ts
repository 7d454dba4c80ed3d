import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { isReady, type Readiness, readinessOf } from '../../app/participant/home/ready.ts'

const whole: Readiness = {
  app: 'done',
  copy: 'done',
  clock: 'done',
  storage: 'done',
  position: 'done',
  camera: 'done',
}

test('[HM2] a phone is ready with the app, its copy and the clock, and with nothing refused', () => {
  expect(isReady(whole)).toBe(true)
  for (const item of ['app', 'copy', 'clock'] as const)
    for (const state of ['waiting', 'ask', 'refused', 'unknown'] as const)
      expect([item, state, isReady({ ...whole, [item]: state })]).toEqual([item, state, false])
  for (const item of ['position', 'camera'] as const) {
    for (const state of ['waiting', 'ask', 'refused'] as const)
      expect([item, state, isReady({ ...whole, [item]: state })]).toEqual([item, state, false])
    // A browser that does not tell beforehand asks when it is wanted.
    expect(isReady({ ...whole, [item]: 'unknown' })).toBe(true)
  }
  for (const state of ['ask', 'unknown'] as const) expect(isReady({ ...whole, storage: state })).toBe(true)
  expect(isReady({ ...whole, storage: 'refused' })).toBe(false)
})

test('[HM2] copy, clock and storage follow what the store says of them', () => {
  const copy = signal('receiving')
  const board = { state: signal('complete') }
  const status = { clock: signal('guessed'), storage: signal({ persisted: null as boolean | null, room: 'enough' }) }
  const of = { copy, store: { mirrors: { board }, status } } as unknown as Parameters<typeof readinessOf>[0]
  const readiness = readinessOf(of)
  expect(readiness.value).toMatchObject({ copy: 'waiting', clock: 'waiting', storage: 'unknown' })
  copy.value = 'complete'
  status.clock.value = 'measured'
  status.storage.value = { persisted: false, room: 'enough' }
  expect(readiness.value).toMatchObject({ copy: 'done', clock: 'done', storage: 'ask' })
  board.state.value = 'receiving'
  status.storage.value = { persisted: true, room: 'low' }
  expect(readiness.value).toMatchObject({ copy: 'waiting', storage: 'refused' })
  status.storage.value = { persisted: true, room: 'enough' }
  expect(readiness.value).toMatchObject({ storage: 'done' })
})
