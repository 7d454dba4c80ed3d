import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionMs } from './sessions.ts'

const name = 'zekken-session'
const path = '/api/login'

export const readSessionCookie = (c: Context): string | undefined => getCookie(c, name)

/** Out of reach of scripts, sent to the sign-in routes alone and never from another site. */
export function writeSessionCookie(c: Context, value: string, https: boolean): void {
  setCookie(c, name, value, { path, httpOnly: true, sameSite: 'Strict', secure: https, maxAge: sessionMs / 1000 })
}

export const clearSessionCookie = (c: Context): void => {
  deleteCookie(c, name, { path })
}
