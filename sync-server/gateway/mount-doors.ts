import type { Hono } from 'hono'
import { auditDoor } from '../audit/audit-door.ts'
import { auditRoutes } from '../audit/audit-routes.ts'
import { caseRoutes } from '../cases/case-routes.ts'
import { caseNotes } from '../cases/note-case.ts'
import { applicationRoutes } from '../entry/application-routes.ts'
import { type NumberClaims, numberClaims } from '../entry/claim-number.ts'
import { entryRoutes } from '../entry/entry-routes.ts'
import { filmRoutes } from '../images/film-routes.ts'
import { imageRoutes } from '../images/image-routes.ts'
import { imageLinkRoutes } from '../images/link-routes.ts'
import { openImage, type ToldOutcome } from '../images/open-image.ts'
import type { Storage } from '../images/storage.ts'
import { keptErrors, keptPaths } from '../kept/kept-answer.ts'
import { applicantRoutes } from '../login/applicant-routes.ts'
import { credentialRoutes } from '../login/credential-routes.ts'
import { deviceRoutes, heartbeatRoutes } from '../login/device-routes.ts'
import { type GuardedEnv, guard } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { invitationRoutes } from '../login/invitation-routes.ts'
import { answerJwks } from '../login/jwks-route.ts'
import { loginRoutes } from '../login/login-routes.ts'
import { menuRoutes } from '../login/menu-routes.ts'
import { officeRoutes } from '../login/office-routes.ts'
import type { OpenIdSettings } from '../login/oidc-settings.ts'
import { passkeyRoutes } from '../login/passkey-routes.ts'
import { handOverRoutes, quarantineRoutes } from '../login/quarantine-routes.ts'
import { settingRoutes } from '../login/setting-routes.ts'
import { parcelRoutes } from '../parcels/parcel-routes.ts'
import { setUpRoutes } from '../setup/set-up-routes.ts'
import { errorHandler } from './answer-error.ts'
import { checkOrigin } from './check-origin.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { keptNowhere } from './kept-nowhere.ts'
import { securityHeaders } from './security-headers.ts'
import { serverTime } from './server-time.ts'
import { unpackedBody } from './unpacked-body.ts'

export type DoorOptions = {
  it: Installation
  storage: Storage
  /** Receipt numbers are counted in one place of the process. */
  claims?: NumberClaims
  allowedOrigins: readonly string[]
  /** The name under which apps reach us; the host asked for when absent. */
  publicUrl?: string | undefined
  /** Whom staff may sign in with. */
  openId?: OpenIdSettings | undefined
  /** Hears what came of every one-time link that was tried. */
  onLink?: (told: ToldOutcome) => void
  /** At most so many links a session. */
  linksPerMinute?: number
  /** At most so many photos of one person an hour. */
  photosPerHour?: number | undefined
}

/** No route takes more; most take far less. */
const bodyLimitBytes = 32 * 1_048_576

/**
 * Puts what guards the server before everything else of the app, then sign-in, devices and gateway. Routes that
 * are mounted later under `/api` are behind the guard and need their line in the access table.
 */
export function mountDoors(app: Hono<GuardedEnv>, options: DoorOptions): void {
  const { it, storage, allowedOrigins, publicUrl, openId, claims = numberClaims(options.it) } = options
  const https = publicUrl?.startsWith('https:') ?? false
  app.onError(keptErrors(errorHandler(it.warn, caseNotes(it))))
  app.use('*', securityHeaders({ https }), serverTime(it.now))
  const audited = auditDoor(it)
  app.use('/api/*', keptNowhere, checkOrigin({ allowedOrigins, publicUrl }), guard(it), unpackedBody(bodyLimitBytes))
  app.use('/api/*', audited)
  for (const path of keptPaths) {
    app.use(path, keptNowhere, checkOrigin({ allowedOrigins, publicUrl }), guard(it), unpackedBody(bodyLimitBytes))
    app.use(path, audited)
  }
  app.use('/db/*', keptNowhere, checkOrigin({ allowedOrigins, publicUrl }))
  app.get('/.well-known/jwks.json', answerJwks(it))
  app.route('/db', gatewayRoutes(it))
  app.route('/api/login', loginRoutes(it, { https, publicUrl, openId }))
  app.route('/api', setUpRoutes(it))
  app.route('/api/devices', heartbeatRoutes(it))
  app.route('/api/quarantine', handOverRoutes({ it, storage }))
  app.route('/api/film', filmRoutes({ it, storage }, { perHour: options.photosPerHour }))
  app.route('/api/images', imageLinkRoutes({ it, storage }, { https, linksPerMinute: options.linksPerMinute }))
  app.route('/i', openImage({ it, storage, onLink: options.onLink }))
  app.route('/api/images', imageRoutes({ it, storage }))
  const links = { publicUrl: (requested: string) => publicUrl ?? new URL(requested).origin }
  app.route('/api/events', invitationRoutes(it, links))
  app.route('/api/events', applicantRoutes(it))
  app.route('/api/events', credentialRoutes(it))
  app.route('/api/events', passkeyRoutes(it, { https, publicUrl }))
  app.route('/api/events', menuRoutes(it))
  app.route('/api/events', settingRoutes(it))
  app.route('/api/events', entryRoutes(it, claims))
  app.route('/api/events', applicationRoutes(it, links))
  app.route('/api/events', deviceRoutes(it))
  app.route('/api/events', officeRoutes(it))
  app.route('/api/events', auditRoutes(it))
  app.route('/api/events', quarantineRoutes({ it, storage }))
  app.route('/api/events', parcelRoutes({ it, storage }))
  app.route('/api/events', caseRoutes(it))
}
