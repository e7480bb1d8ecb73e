import { isOwnHost, isOwnOrigin, type ServerNames } from './names.ts'

/** What of a request tells where it comes from: its headers as they came, doubles included. */
export interface RequestOrigin {
  method: string
  /** The request target as it stands in the request line. */
  target: string
  /** Name, value, name, value …, as `rawHeaders` of node:http gives them. */
  rawHeaders: readonly string[]
}

/**
 * Why a request is refused whatever token it carries (contract 6), or null: it was addressed to another name than ours (DNS
 * rebinding), or another site's page sent it.
 */
export function foreignReason({ method, target, rawHeaders }: RequestOrigin, names: ServerNames): string | null {
  const [host, ...moreHosts] = valuesOf(rawHeaders, 'host')
  if (host === undefined) return 'The request has no Host header: address the server by the name it printed.'
  if (moreHosts.length > 0) return 'The request has two Host headers: send one.'
  if (!isOwnHost(host, names)) return `"${host}" is not a name of this server: ${OWN_NAMES}.`
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1]
  if (authority !== undefined && !isOwnHost(authority, names))
    return `"${authority}" is not a name of this server: ${OWN_NAMES}.`
  for (const origin of valuesOf(rawHeaders, 'origin'))
    if (!isOwnOrigin(origin, names)) return `Pages of "${origin}" may not use this server.`
  const sites = valuesOf(rawHeaders, 'sec-fetch-site').map((site) => site.toLowerCase())
  const isCrossSite = sites.some((site) => site.includes('cross-site'))
  // A page on another port of this machine is of the same site: its cookie comes along, and a plain GET names no origin.
  const isNeighbour = sites.some((site) => site.includes('same-site')) && isApi(target)
  if ((isCrossSite || isNeighbour) && !isPageLoad({ method, target, rawHeaders }))
    return "Another site's page may not use this server."
  return null
}

const OWN_NAMES = 'use 127.0.0.1, localhost or [::1] with its port, or add the name to VOLLEY_ALLOWED_HOSTS'

/** A person followed a link to a page: the browser shows what comes, and no script of the other site can read it. */
function isPageLoad({ method, target, rawHeaders }: RequestOrigin): boolean {
  const only = (name: string, value: string) => {
    const values = valuesOf(rawHeaders, name)
    return values.length === 1 && values[0]?.toLowerCase() === value
  }
  return method === 'GET' && only('sec-fetch-mode', 'navigate') && only('sec-fetch-dest', 'document') && !isApi(target)
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.flatMap((header, at) =>
    at % 2 === 0 && header.toLowerCase() === name ? [rawHeaders[at + 1] ?? ''] : [],
  )
}

/** Whether a request target leads into the HTTP interface or MCP's, in whichever spelling: the router reads it with `..` and `%` undone. */
function isApi(target: string): boolean {
  const path = URL.parse(target.startsWith('/') ? `http://x${target}` : target)?.pathname ?? target
  return /^[/\\]*(api|mcp)([/\\]|$)/i.test(decoded(path))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
