import { isObject } from '@volley/shared/lib/json.ts'
import { below, entriesOf, itemsOf, type Place, type Source, textAt } from './source.ts'

/** Stands where a document names no server that can be called: the name never resolves. */
const NO_SERVER = 'https://server.invalid'

/** The address that an operation's path follows, without a slash at its end: of the operation, else its path, else the document. */
export function serverOf(source: Source, { place, pathItem }: { place: Place; pathItem: Place }): string {
  if (source.version === '2.0') return swaggerServer(source, place)
  const list = [place, pathItem, source.root]
    .map((owner) => below(owner, 'servers'))
    .find(({ value }) => Array.isArray(value) && value.length > 0)
  const first = list && itemsOf(source, list, '"servers"')[0]
  if (!first) return without(source, '/servers', 'The document names no server')
  const url = below(first, 'url')
  const filled = textAt(url) === null ? null : withVariables(source, first, textAt(url) ?? '')
  if (filled === null) return without(source, url.at, 'The server has no address')
  if (/^https?:\/\/[^/?#@{}]+[^?#@{}]*$/i.test(filled) && URL.canParse(filled)) return trimmed(filled)
  if (filled.startsWith('/') && !filled.includes('{'))
    return (
      without(source, url.at, `The server's address "${filled}" is relative to where the document was found`) +
      trimmed(filled)
    )
  return without(source, url.at, `"${filled.slice(0, 200)}" is no address that can be called`)
}

function withVariables(source: Source, server: Place, url: string): string {
  const values = new Map<string, string>()
  for (const [name, place] of entriesOf(source, below(server, 'variables'), '"variables"')) {
    const value = isObject(place.value) ? place.value.default : undefined
    if (typeof value === 'string' || typeof value === 'number') values.set(name, String(value))
    else source.problem(`${place.at}/default`, `The server's variable "${name}" has no default: write one.`)
  }
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => values.get(name) ?? whole)
}

function swaggerServer(source: Source, operation: Place): string {
  const host = textAt(below(source.root, 'host'))
  const basePath = textAt(below(source.root, 'basePath')) ?? ''
  const own = below(operation, 'schemes')
  const list = own.value === undefined ? below(source.root, 'schemes') : own
  const schemes = itemsOf(source, list, '"schemes"').map((scheme) => scheme.value)
  if (host === null) return without(source, '/host', 'The document names no host') + trimmed(basePath)
  const scheme = schemes.includes('https') || !schemes.includes('http') ? 'https' : 'http'
  const address = `${scheme}://${host}${basePath === '' || basePath.startsWith('/') ? '' : '/'}${basePath}`
  if (/^[^/?#@{}\s]+$/.test(host) && !/[{}?#]/.test(basePath) && URL.canParse(address)) return trimmed(address)
  return without(source, '/host', `"${host.slice(0, 200)}${basePath.slice(0, 200)}" is no address that can be called`)
}

function without(source: Source, at: string, why: string): string {
  source.problem(at, `${why}: the tools call ${NO_SERVER} until you write the real one into their addresses.`)
  return NO_SERVER
}

const trimmed = (url: string) => url.replace(/\/+$/, '')
