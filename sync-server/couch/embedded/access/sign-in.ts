import { createHash, timingSafeEqual } from 'node:crypto'
import {
  type CryptoKey,
  errors,
  importJWK,
  importSPKI,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import { badRequest, Refusal } from '../routing/refusal.ts'

/** Who asks, as validators see it. `name` is null for somebody who did not sign in. */
export type UserContext = { name: string | null; roles: readonly string[] }
export type SignInOptions = {
  admins: Readonly<Record<string, string>>
  /** The public key for a `kid`, PEM or JWK. */
  jwtKey(kid: string): string | JWK | undefined
  /** Everybody who does not sign in is a server admin: for protocol test suites only. */
  adminParty: boolean
}

const unauthorized = (reason: string) => new Refusal(401, 'unauthorized', reason)
const wrongPassword = () => unauthorized('Name or password is incorrect.')

/** Reads who asks from the Authorization header, as CouchDB's jwt and default handlers do. */
export async function signIn(header: string | null, options: SignInOptions): Promise<UserContext> {
  if (header?.startsWith('Basic ')) return passwordSignIn(header.slice(6), options.admins)
  if (header?.startsWith('Bearer ')) return await tokenSignIn(header.slice(7), options)
  return { name: null, roles: options.adminParty ? ['_admin'] : [] }
}

function passwordSignIn(encoded: string, admins: Readonly<Record<string, string>>): UserContext {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const name = text.slice(0, colon)
  const expected = Object.hasOwn(admins, name) ? admins[name] : undefined
  if (colon < 0 || expected === undefined) throw wrongPassword()
  if (!timingSafeEqual(digest(expected), digest(text.slice(colon + 1)))) throw wrongPassword()
  return { name, roles: ['_admin'] }
}

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

async function tokenSignIn(token: string, options: SignInOptions): Promise<UserContext> {
  const { payload } = await jwtVerify(token, (header) => verificationKey(header, options), {
    algorithms: ['ES256'],
    requiredClaims: ['exp'],
  }).catch((error: unknown) => {
    throw tokenRefusal(error)
  })
  if (payload.sub === undefined) throw unauthorized('Token missing sub claim.')
  return { name: payload.sub, roles: rolesOf(payload) }
}

async function verificationKey({ kid = '_default', typ = 'JWT' }: JWTHeaderParameters, { jwtKey }: SignInOptions) {
  if (typ !== 'JWT') throw badRequest('Invalid typ header parameter')
  const key = jwtKey(kid)
  if (key === undefined) throw badRequest('Unknown kid')
  return await importKey(key)
}

/** CouchDB's words: a token past its time is a matter of signing in again, any other flaw a bad request. */
function tokenRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof errors.JWTExpired) return unauthorized('exp not in future')
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') return unauthorized('nbf not in past')
  if (error instanceof errors.JWTClaimValidationFailed) return badRequest(`Missing ${error.claim} claim`)
  if (error instanceof errors.JWSSignatureVerificationFailed) return badRequest('Bad signature')
  if (error instanceof errors.JOSEAlgNotAllowed) return badRequest('Invalid alg header parameter')
  return badRequest('Malformed token')
}

/** The roles a token carries; the key that signed it may grant any, `_admin` included, as with CouchDB. */
function rolesOf(payload: JWTPayload): string[] {
  const claim = payload['_couchdb.roles'] ?? []
  if (!Array.isArray(claim) || !claim.every((role) => typeof role === 'string')) throw badRequest('Malformed token')
  return claim
}

const imported = new Map<string | JWK, Promise<CryptoKey | Uint8Array>>()

/** Keys are few and every request needs one, so each is imported once. */
function importKey(key: string | JWK): Promise<CryptoKey | Uint8Array> {
  const known = imported.get(key)
  if (known) return known
  const importing = readKey(key)
  imported.set(key, importing)
  return importing
}

const readKey = (key: string | JWK): Promise<CryptoKey | Uint8Array> =>
  typeof key === 'string' ? importSPKI(key.replaceAll('\\n', '\n'), 'ES256') : importJWK(key, 'ES256')
