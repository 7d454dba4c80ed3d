import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import { routeRights } from '../../design-docs/access.ts'
import type { GuardedEnv } from '../login/guard.ts'

type Operation = {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: unknown
}
type Parameter = { name: string; in: string; required?: boolean }

/** Adds `/openapi.json`, made from the routes, and `/docs`, a page to read it on that needs nothing from elsewhere. */
export function addApiDocs(api: OpenAPIHono<GuardedEnv>): void {
  const describe = () =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'zekken', version: '1' },
      servers: [{ url: '/api' }],
    })
  api.get('/openapi.json', (c) => c.json(describe()))
  api.get('/docs', (c) => {
    const operations = Object.entries(describe().paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
    )
    const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'other'))]
    return c.html(html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>zekken API</title>
        </head>
        <body>
          <main>
            <h1>zekken API</h1>
            <p>The same as a file: <a href="/api/openapi.json">openapi.json</a>. Send <code>Authorization: Bearer …</code>.</p>
            ${tags.map(
              (tag) => html`<h2>${tag}</h2>
                ${operations.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag).map(section)}`,
            )}
            <h2>Who may call what</h2>
            <ul>
              ${Object.entries(routeRights).map(
                ([route, right]) =>
                  html`<li><code>${route}</code> ${typeof right === 'string' ? right : right.join(', ')}</li>`,
              )}
            </ul>
          </main>
        </body>
      </html>`)
  })
}

const section = ({ path, method, operation }: { path: string; method: string; operation: Operation }) =>
  html`<details>
    <summary><b>${method.toUpperCase()}</b> <code>${path}</code> ${operation.summary ?? ''}</summary>
    ${operation.description ? html`<p>${operation.description}</p>` : ''}
    ${
      operation.parameters?.length
        ? html`<p>${operation.parameters.map(({ name, in: where, required }) => `${name} (${where}${required ? '' : ', optional'})`).join(' · ')}</p>`
        : ''
    }
    <pre tabindex="0">${JSON.stringify(operation, null, 2)}</pre>
  </details>`
