import type { OpenAPIHono } from '@hono/zod-openapi'
import { html, raw } from 'hono/html'

type Operation = {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: unknown
}
type Parameter = { name: string; in: string; required?: boolean }

/** Adds `/openapi.json`, made from the routes, and `/docs`, a page to read it on that needs nothing from elsewhere. */
export function addApiDocs(api: OpenAPIHono, version: string): void {
  const describe = () =>
    api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'zekken', version }, servers: [{ url: '/' }] })
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
          <title>zekken API</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <main>
            <h1>zekken API</h1>
            <p>The same as a file: <a href="/api/openapi.json">openapi.json</a>. Send <code>Authorization: Bearer …</code>.</p>
            ${tags.map(
              (tag) => html`<h2>${tag}</h2>
                ${operations.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag).map(section)}`,
            )}
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

const style = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  main { max-width: 60rem; margin: auto; padding: 1rem }
  summary { padding: .6rem 0; cursor: pointer }
  b { display: inline-block; min-width: 4rem }
  pre { overflow: auto; padding: 1rem; border: 1px solid; border-radius: 8px; font-size: .8125rem }
`
