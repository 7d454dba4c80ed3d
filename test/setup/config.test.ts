import { expect, test } from 'vitest'
import { readConfig } from '../../sync-server/config.ts'

test('an empty environment is the whole product on this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataDir: 'data',
    storage: { kind: 'folder', folder: 'data/files' },
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
  ['SMTP_URLS', 'smtps://a:b@mail.example?from=x@y.example, ftp://mail.example'],
  ['SMTP_URLS', 'smtps://mail.example'],
  ['SMTP_URLS', 'smtps://a@b.example:secret@mail.example?mailsPerDay=none'],
  ['CLAMD_URL', 'http://clamd:3310'],
  ['CLAMD_URL', '/run/clamav/clamd.ctl'],
  ['STORAGE_URL', 's3://bucket'],
  ['STORAGE_URL', 'file:relative'],
  ['ALLOWED_ORIGINS', 'https://one.example, *'],
  ['TRUSTED_PROXIES', 'proxy.example'],
  ['OIDC_ISSUER', 'http://login.example'],
  ['OIDC_ISSUER', 'login.example'],
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

test('an OpenID issuer goes with the id that we have there', () => {
  const OIDC_ISSUER = 'https://login.example/'
  expect(() => readConfig({ OIDC_ISSUER })).toThrow('OIDC_CLIENT_ID')
  expect(() => readConfig({ OIDC_CLIENT_ID: 'zekken' })).toThrow('OIDC_ISSUER')
  const { openId } = readConfig({ OIDC_ISSUER, OIDC_CLIENT_ID: 'zekken', OIDC_ROLES_CLAIM: 'roles' })
  expect(openId).toEqual({ issuer: OIDC_ISSUER, clientId: 'zekken', clientSecret: undefined, rolesClaim: 'roles' })
})

test('photos may be kept in a folder of their own', () => {
  expect(readConfig({ STORAGE_URL: 'file:///srv/photos' }).storage).toEqual({ kind: 'folder', folder: '/srv/photos' })
})

test('[IS4] files may be kept in a bucket of any S3 server, whose keys come from the environment alone', () => {
  const AWS_ACCESS_KEY_ID = 'AKEY'
  const AWS_SECRET_ACCESS_KEY = 'verysecret'
  const read = (STORAGE_URL: string) => readConfig({ STORAGE_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }).storage
  expect(read('s3://photos/day/one/?endpoint=https://s3.example:9000&region=tokyo')).toEqual({
    kind: 's3',
    bucket: 'photos',
    prefix: 'day/one',
    endpoint: 'https://s3.example:9000',
    region: 'tokyo',
    credentials: { accessKeyId: 'AKEY', secretAccessKey: 'verysecret' },
  })
  expect(read('s3://photos')).toMatchObject({ prefix: '', endpoint: undefined, region: 'us-east-1' })
  for (const bad of [
    's3://AKEY:verysecret@photos/',
    's3://photos/%2e%2e%2felse',
    's3://photos/a b',
    's3://p',
    's3://photos?endpoint=ftp://x',
    's3://photos?secret=verysecret',
  ])
    expect(() => read(bad), bad).toThrow(/^(?!.*verysecret).*STORAGE_URL/s)
})

test('origins are a list of names', () => {
  const { allowedOrigins } = readConfig({ ALLOWED_ORIGINS: 'https://one.example, https://two.example ' })
  expect(allowedOrigins).toEqual(['https://one.example', 'https://two.example'])
})

test('[PO22] sending accounts come with their sender, their budgets and safe connections; errors hold no password', () => {
  const { stations } = readConfig({
    SMTP_URLS:
      'smtps://a%40x.jp:p%2Cw@one.example, smtp://u:p@two.example:2525?from=b@x.jp&mailsPerDay=500, smtp://u@127.0.0.1:25?from=c@x.jp',
  })
  expect(stations).toMatchObject([
    {
      host: 'one.example',
      port: 465,
      security: 'tls',
      user: 'a@x.jp',
      password: 'p,w',
      from: 'a@x.jp',
      mailsPerDay: 100,
    },
    { host: 'two.example', port: 2525, security: 'starttls', from: 'b@x.jp', mailsPerDay: 500, minutesPerDay: 90 },
    { host: '127.0.0.1', port: 25, security: 'plain', password: '' },
  ])
  expect(new Set(stations.map(({ id }) => id)).size).toBe(3)
  expect(() => readConfig({ SMTP_URLS: 'smtps://user:verysecret@' })).toThrow(/^(?!.*verysecret)/s)
})
