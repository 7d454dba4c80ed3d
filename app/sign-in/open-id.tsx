import { ErrorBoundary } from 'preact-iso'
import { lazyPart } from '../ui/lazy-part.tsx'
import type { OpenIdPartProps } from './open-id-part.tsx'

// Where it does not come, there are the other ways in.
const Part = lazyPart(
  () => import('./open-id-part.tsx').then(({ OpenIdPart }) => OpenIdPart),
  () => null,
)

/** The way in by OpenID Connect, which comes after everything else and only where there is one. */
export const OpenId = (props: OpenIdPartProps) => (
  <ErrorBoundary>
    <Part {...props} />
  </ErrorBoundary>
)
