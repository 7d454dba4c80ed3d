import { afterEach, beforeEach, expect, test } from 'vitest'
import { keysUnder } from '../../app/store/server-keys.ts'
import { removeDevice } from '../../sync-server/login/devices.ts'
import { forgetDevice } from '../../sync-server/login/removed-devices.ts'
import { rotateTokenKey } from '../../sync-server/login/rotate-token-key.ts'
import { openPhone, type Phone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
let phone: Phone
beforeEach(async () => {
  server = await openServer()
  phone = await openPhone(server)
  await phone.store.sync()
})
afterEach(async () => {
  await phone.close()
  await server.close()
})

const kept = () => phone.tab.ports.keyValue.get(keysUnder) ?? ''

test('[KY10] a phone goes on over a change of keys without signing in, and believes an order by the new one afterwards', async () => {
  const { keys } = server.it()
  const old = keys.signing.kid
  await server.stop()
  const fact = await phone.checkin('12')
  await rotateTokenKey(keys, { folder: server.keysFolder, fromEnvironment: false })
  await server.start()
  const next = server.it().keys.signing.kid
  expect(next).not.toBe(old)
  // The token that it has is by the old key.
  expect(await phone.store.sync()).toBe('done')
  expect([phone.stateOf(fact), phone.store.session.state.value]).toEqual(['confirmed', 'signed-in'])
  expect(kept()).not.toContain(next)

  phone.device.clock.advance(11 * 60_000)
  server.clock.now += 11 * 60_000
  expect(await phone.store.sync()).toBe('done')
  expect(phone.store.session.state.value).toBe('signed-in')
  await expect.poll(kept).toContain(next)

  const device = phone.store.session.who.value?.device ?? ''
  await removeDevice(server.it(), device, { by: 'admin', event: 'demo' })
  forgetDevice(server.it(), device)
  await phone.store.sync()
  expect(phone.store.session.state.value).toBe('removed')
})
