import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionMs } from './sessions.ts'

const path = '/api/login'
const apps = ['staff', 'admin', 'participant', 'display']

/** One for each app: a browser that holds two apps is signed in to both, perhaps as two people. */
function cookieName(c: Context): string {
  const app = c.req.header('x-zekken-app')
  return app !== undefined && apps.includes(app) ? `zekken-session-${app}` : 'zekken-session'
}

export const readSessionCookie = (c: Context): string | undefined => getCookie(c, cookieName(c))

/** Out of reach of scripts, sent to the sign-in routes alone and never from another site. */
export function writeSessionCookie(c: Context, value: string, https: boolean): void {
  setCookie(c, cookieName(c), value, {
    path,
    httpOnly: true,
    sameSite: 'Strict',
    secure: https,
    maxAge: sessionMs / 1000,
  })
}

export const clearSessionCookie = (c: Context): void => {
  deleteCookie(c, cookieName(c), { path })
}
