import { ErrorBoundary, lazy } from 'preact-iso'
import type { OpenIdPartProps } from './open-id-part.tsx'

const Nothing = (_: OpenIdPartProps) => null
// Where it does not come, there are the other ways in.
const Part = lazy(() => import('./open-id-part.tsx').then(({ OpenIdPart }) => OpenIdPart).catch(() => Nothing))

/** The way in by OpenID Connect, which comes after everything else and only where there is one. */
export const OpenId = (props: OpenIdPartProps) => (
  <ErrorBoundary>
    <Part {...props} />
  </ErrorBoundary>
)
