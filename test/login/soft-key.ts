import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Bend = {
  origin?: string
  rpId?: string
  /** Presence and verification of the person, as bits of the authenticator's flags. */
  flags?: number
  challenge?: string
}
const site = { origin: 'http://localhost', rpId: 'localhost' }
const [present, verified, attested] = [0x01, 0x04, 0x40]

/** An authenticator (WebAuthn level 3, ES256) in code, which a test can bend. */
export function softKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const rawId = id.toString('base64url')
  let counter = 0

  const clientData = (type: string, challenge: string, origin = site.origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (flags: number, rpId = site.rpId, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(flags), count, rest])
  }
  const answered = (response: object) => ({
    id: rawId,
    rawId,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  return {
    id: rawId,
    make(asked: { challenge: string }, bend: Bend = {}) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // COSE: kty EC2, alg ES256, crv P-256, x, y.
      const cose = Buffer.concat([
        Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
        bytes(Buffer.from(x, 'base64url')),
        Buffer.of(0x22),
        bytes(Buffer.from(y, 'base64url')),
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, id, cose])
      const data = authData(bend.flags ?? present | verified | attested, bend.rpId, credential)
      const fields = [text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), bytes(data)]
      const object = Buffer.concat([Buffer.of(0xa3), ...fields])
      return answered({
        clientDataJSON: clientData('webauthn.create', bend.challenge ?? asked.challenge, bend.origin).toString(
          'base64url',
        ),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      })
    },
    use(asked: { challenge: string }, bend: Bend = {}) {
      const data = authData(bend.flags ?? present | verified, bend.rpId)
      const client = clientData('webauthn.get', bend.challenge ?? asked.challenge, bend.origin)
      const hash = createHash('sha256').update(client).digest()
      return answered({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, hash]), privateKey).toString('base64url'),
      })
    },
  }
}

/** CBOR (RFC 8949), as much of it as an attestation needs. */
const text = (said: string) => Buffer.concat([Buffer.of(0x60 + said.length), Buffer.from(said)])
function bytes(some: Buffer): Buffer {
  const { length } = some
  return Buffer.concat([length < 256 ? Buffer.of(0x58, length) : Buffer.of(0x59, length >> 8, length & 0xff), some])
}
