import { type RouteRight, routeRights } from '../../design-docs/access.ts'

export type RouteMatch = { route: string; right: RouteRight; parameters: Record<string, string> }

const table = Object.entries(routeRights).map(([route, right]) => {
  const [method = '', path = ''] = route.split(' ')
  return { route, method, segments: path.split('/'), right: right as RouteRight }
})

/** The line of the access table for a request, by its raw path; null when the route is closed to everyone. */
export function findRoute(method: string, path: string): RouteMatch | null {
  const wanted = path.split('/')
  for (const line of table) {
    if (line.method !== method || line.segments.length !== wanted.length) continue
    const parameters: Record<string, string> = {}
    const fits = line.segments.every((segment, i) => {
      const given = wanted[i] ?? ''
      const name = /^\{(\w+)\}$/.exec(segment)?.[1]
      if (name === undefined) return segment === given
      const value = decoded(given)
      if (!value) return false
      parameters[name] = value
      return true
    })
    if (fits) return { route: line.route, right: line.right, parameters }
  }
  return null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    // A malformed escape names nothing.
    return null
  }
}
