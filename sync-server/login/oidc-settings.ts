/** The one provider that staff may sign in with, as the operator set it up. */
export type OpenIdSettings = {
  issuer: string
  clientId: string
  /** None for a public client: PKCE alone binds the code. */
  clientSecret: string | undefined
  /** The claim that says `event:role`, once or in a list. */
  rolesClaim: string | undefined
}

/** https, or this machine itself: on any other way the issuer's keys could be replaced. */
export function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}
