import { expect, test } from 'vitest'
import { readConfig } from '../../sync-server/config.ts'

test('an empty environment is the whole product on this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataDir: 'data',
    storageFolder: 'data/files',
    durability: 'power',
    runFunctions: true,
    demo: true,
    allowedOrigins: [],
  })
})

test.each([
  ['PORT', '99999'],
  ['PORT', 'http'],
  ['COUCHDB_URL', 'not a url'],
  ['STORAGE_URL', 's3://bucket'],
  ['STORAGE_URL', 'file:relative'],
  ['ALLOWED_ORIGINS', 'https://one.example, *'],
  ['DURABILITY', 'maybe'],
  ['RUN', 'runner'],
  ['DEMO', 'yes'],
  ['LOG_LEVEL', 'loud'],
])('a bad %s (%s) is named', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name)
})

test('a certificate without its key is named', () => {
  expect(() => readConfig({ TLS_CERT: 'cert.pem' })).toThrow('TLS_KEY')
})

test('photos may be kept in a folder of their own', () => {
  expect(readConfig({ STORAGE_URL: 'file:///srv/photos' }).storageFolder).toBe('/srv/photos')
})

test('origins are a list of names', () => {
  const { allowedOrigins } = readConfig({ ALLOWED_ORIGINS: 'https://one.example, https://two.example ' })
  expect(allowedOrigins).toEqual(['https://one.example', 'https://two.example'])
})
