import { join, relative } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'

/** Where each app is met, and the folder of the build that holds it. */
const folders = { staff: 'staff', admin: 'admin', team: 'participant', display: 'display' } as const

/**
 * Serves the built apps. Files whose names carry a hash are kept by browsers for ever; everything else is asked for
 * again each time, so that a new version is found. Any path below an app that is no file is a screen of that app.
 */
export function appFiles(dist: string): Hono {
  const app = new Hono()
  const root = relative(process.cwd(), dist) || '.'
  app.use(compress())
  app.use(async (c, next) => {
    await next()
    const hashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(c.req.path)
    const keep = hashed && c.res.ok
    c.res.headers.set('cache-control', keep ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
  app.get('/', (c) => c.redirect('/staff/'))
  // Short enough for a poster.
  app.get('/enter/:event', (c) => c.redirect(`/team/enter/${encodeURIComponent(c.req.param('event'))}`))
  app.get('/enter/:event/staff', (c) => c.redirect(`/team/enter/${encodeURIComponent(c.req.param('event'))}/staff`))
  for (const [name, folder] of Object.entries(folders)) {
    app.get(`/${name}`, (c) => c.redirect(`/${name}/`))
    app.get(`/${name}/*`, async (c, next) => {
      const file = /\.\w+$/.exec(c.req.path) ? c.req.path.slice(name.length + 2) : 'index.html'
      return (await serveStatic({ root, path: join(folder, file) })(c, next)) ?? c.notFound()
    })
  }
  app.use(serveStatic({ root, precompressed: true }))
  return app
}
