import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Link, LinkOutcome } from '../../design-docs/links.ts'
import { pictureType } from '../../functions/rules/picture-type.ts'
import { refuseForgotten } from '../forget/forgotten-events.ts'
import { languageOf } from '../gateway/answer-error.ts'
import { readAccessToken } from '../login/access-token.ts'
import type { Installation } from '../login/installation.ts'
import { isRemoved } from '../login/removed-devices.ts'
import { isSessionEnded } from '../login/sessions.ts'
import { closedLinkPage, closedStyleHash } from './closed-link-page.ts'
import { readPhoto } from './film.ts'
import { findLink, giveBack, isProof, openingMark, useUp } from './image-links.ts'
import { proofCookies } from './link-cookie.ts'
import { type FoundPicture, pictureOf } from './picture-of.ts'
import { readsWebp } from './reads-webp.ts'
import type { ByteRange, Storage } from './storage.ts'
import { type TransferSlots, transferSlots, whenSent } from './transfer-slots.ts'

export type ToldOutcome = { outcome: LinkOutcome; event?: string; photo?: string; link?: string }
export type OpenImageParts = {
  it: Installation
  storage: Storage
  /** Hears what came of every request, by which the organizers tell apart what looks the same from outside. */
  onLink?: ((told: ToldOutcome) => void) | undefined
  slots?: TransferSlots
}

const headers = {
  'cache-control': 'private, no-store',
  'content-security-policy': `default-src 'none'; style-src ${closedStyleHash}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`,
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}
/** Read at once, instead of once for the type and once for the rest. */
const smallBytes = 262_144
/**
 * Programs that look at an address before a person does; they have no session, and must not be told that it works.
 * CUBOT makes phones, and some browsers name them.
 */
const lookers =
  /(?<!\bcu)bot\b|crawler|spider|facebookexternalhit|slackbot|twitterbot|discordbot|whatsapp|telegrambot|linkedinbot|skypeuripreview|line-poker|embedly|preview/i

/**
 * What a one-time link opens, to be mounted at `/i`: the newest picture of its image, to its own session, once. Looking
 * (HEAD), fetching ahead and previews do not use it up; a transfer that broke goes on by Range for whoever was
 * given its first bytes. Everything else gets one and the same page.
 */
export function openImage({ it, storage, onLink, slots = transferSlots() }: OpenImageParts): Hono {
  const app = new Hono()

  app.get('/:token', async (c) => {
    const tell = (outcome: LinkOutcome, link?: Link) =>
      onLink?.({
        outcome,
        ...(link && { event: link.event, photo: link.photo, link: link._id.slice('link:'.length, 21) }),
      })
    if (isAhead(c)) {
      tell('prefetch')
      return c.body(null, 503, headers)
    }
    if (lookers.test(c.req.header('user-agent') ?? '')) {
      tell('preview-bot')
      return closed(c)
    }
    const found = await findLink(it, c.req.param('token'), (link) => isOwn(it, c, link))
    if (found.is === 'unknown') {
      tell('unknown')
      return closed(c)
    }
    const { is, link } = found
    // What is saved is passed on to programs that nobody knows.
    const webp = link.for === 'view' && readsWebp(c.req.header('accept'))
    const picture = is === 'open' || is === 'reused' ? await pictureFor({ it, storage }, link, webp) : null
    const mark = picture && openingMark(it, link, `${picture.version}:${picture.name}`)
    const rest = picture && is === 'reused' && c.req.header('if-range') === mark ? restOf(c, picture.bytes) : null
    if (is !== 'open' && !rest) {
      tell(is, link)
      return closed(c)
    }
    if (!picture || !mark) {
      tell('no-picture', link)
      return closed(c)
    }
    if (c.req.method === 'HEAD') {
      tell('looked', link)
      return c.body(null, 200, { ...headers, 'content-length': String(picture.bytes) })
    }
    const end = slots.take(link.session)
    if (!end) {
      tell('busy', link)
      return c.body(null, 503, { ...headers, 'retry-after': '1' })
    }
    let isSending = false
    try {
      if (!rest && !(await useUp(it, link))) {
        tell('reused', link)
        return closed(c)
      }
      const sent = await contentOf(picture, rest).catch(async (error) => {
        if (!rest) await giveBack(it, link)
        throw error
      })
      if (!sent) {
        tell('no-picture', link)
        return closed(c)
      }
      tell(rest ? 'resumed' : 'opened', link)
      isSending = true
      return answer(c, { link, picture, mark, rest, type: sent.type, body: whenSent(sent.body, end) })
    } finally {
      if (!isSending) end()
    }
  })
  app.get('*', closed)
  return app
}

const closed = (c: Context) =>
  c.body(closedLinkPage(languageOf(c.req.header('accept-language'))), 404, {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    vary: 'accept-language',
  })

/** A browser that guesses what may be wanted next: https://html.spec.whatwg.org/#sec-purpose */
const isAhead = (c: Context) =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender|preview/.test(c.req.header(name) ?? ''),
  )

/** Whether the request comes from the session that asked for the link, by its cookie or its access token, and is still one. */
async function isOwn(it: Installation, c: Context, { session, device, event }: Link): Promise<boolean> {
  if (!(await isShown(it, c, session))) return false
  const isForgotten = await refuseForgotten(it, event).then(
    () => false,
    () => true,
  )
  return !isForgotten && !(await isRemoved(it, device)) && !(await isSessionEnded(it, session))
}

async function isShown(it: Installation, c: Context, session: string): Promise<boolean> {
  if (proofCookies(getCookie(c)).some((proof) => isProof(it, session, proof))) return true
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (token === undefined) return false
  const caller = await readAccessToken(it.keys, token, it.now()).catch(() => null)
  return caller?.session === session
}

async function pictureFor(
  parts: Pick<OpenImageParts, 'it' | 'storage'>,
  { event, photo: id, variant }: Link,
  webp: boolean,
): Promise<FoundPicture | null> {
  const photo = await readPhoto(parts.it, event, id).catch(() => null)
  return photo && (await pictureOf(parts, photo, variant, { webp }))
}

/** The end of a file that the client says it lacks; null when it asks for all of it, or for nothing there is. */
function restOf(c: Context, bytes: number): ByteRange | null {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(c.req.header('range') ?? '') ?? []
  if (from === undefined || Number(from) === 0 || Number(from) >= bytes) return null
  return { from: Number(from), to: to ? Math.min(Number(to), bytes - 1) : bytes - 1 }
}

/** The bytes with their type, which is what the first of them say; what is no picture is never sent as one. */
async function contentOf(picture: FoundPicture, rest: ByteRange | null) {
  if (!rest && picture.bytes <= smallBytes) {
    const whole = await picture.whole()
    const type = whole && pictureType(whole)
    return type ? { type, body: inOnePiece(whole) } : null
  }
  const start = await picture.open({ from: 0, to: Math.min(31, picture.bytes - 1) })
  const type = start && pictureType(new Uint8Array(await new Response(start).arrayBuffer()))
  const body = type && (await picture.open(rest ?? undefined))
  return body ? { type, body } : null
}

const inOnePiece = (bytes: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })

type Answer = {
  link: Link
  picture: FoundPicture
  mark: string
  rest: ByteRange | null
  type: string
  body: ReadableStream<Uint8Array>
}

function answer(c: Context, { link, picture, mark, rest, type, body }: Answer): Response {
  const { bytes } = picture
  const name = `${link.team ?? 'palette'}-${link.photo.slice(-8)}-${link.variant}.${type.slice('image/'.length).replace('jpeg', 'jpg')}`
  const how = link.for === 'download' ? 'attachment' : 'inline'
  return c.body(body, rest ? 206 : 200, {
    ...headers,
    'content-type': type,
    'content-length': String(rest ? rest.to - rest.from + 1 : bytes),
    'content-disposition': `${how}; filename="${name}"`,
    'accept-ranges': 'bytes',
    vary: 'accept',
    etag: mark,
    ...(rest && { 'content-range': `bytes ${rest.from}-${rest.to}/${bytes}` }),
  })
}
