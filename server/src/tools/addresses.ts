import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** One exception of the operator: a host, a host with a port, or a range of addresses. */
type Exception = { host: string; port: number | null } | { range: [Address, number]; port: number | null }
export type AllowList = readonly Exception[]

/**
 * Reads `VOLLEY_EGRESS_ALLOW`: hosts, host:port and ranges, comma-separated; a bare address is a range of one. The fault is a
 * sentence for the operator.
 */
export function parseAllowList(text: string): Result<AllowList, string> {
  const list: Exception[] = []
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const exception = parseException(entry)
    if (!exception)
      return err(`VOLLEY_EGRESS_ALLOW holds "${entry}": write a host, host:port or a range such as 10.0.0.0/8.`)
    list.push(exception)
  }
  return ok(list)
}

/** The exceptions as an operator would write them, one each. */
export function allowListTexts(allow: AllowList): string[] {
  return allow.map((exception) => {
    const port = exception.port === null ? '' : `:${exception.port}`
    if ('host' in exception) return exception.host + port
    const [address, bits] = exception.range
    const isOne = bits === (address.kind() === 'ipv4' ? 32 : 128)
    if (!isOne) return `${address.toString()}/${bits}`
    return port !== '' && address.kind() === 'ipv6' ? `[${address.toString()}]${port}` : address.toString() + port
  })
}

/** Where a tool wants to go: the name it used, and the address that this name stands for now. */
export interface Destination {
  hostname: string
  address: string
  port: number
}

/** Whether a tool may reach an address: public ones, and the operator's exceptions. Volley's own port never. */
export function isReachable(destination: Destination, allow: AllowList, ownPort: number): boolean {
  const address = parseAddress(destination.address)
  if (!address) return false
  if (destination.port === ownPort && isOwn(address)) return false
  return allow.some((exception) => matches(exception, destination, address)) || isPublic(address)
}

/** An address without its disguises: an IPv4 address mapped into IPv6 is the IPv4 address. Null for anything that is none. */
function parseAddress(text: string): Address | null {
  // A zone leads to one link of this machine: nothing public has one.
  if (text.includes('%') || isIP(text) === 0) return null
  // ipaddr.js reads ::8.8.8.8 as ::ffff:8.8.8.8; the URL parser writes IPv6 in its one plain form.
  return ipaddr.process(isIP(text) === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text)
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  // Of IPv6 only 2000::/3 is given out; `unicast` also holds ::/96, the old disguise of IPv4.
  return address instanceof ipaddr.IPv4 || inRange(address, [GLOBAL_IPV6, 3])
}

const GLOBAL_IPV6 = ipaddr.parse('2000::')

function isOwn(address: Address): boolean {
  if (address.range() === 'loopback' || address.range() === 'unspecified') return true
  const text = address.toString()
  return Object.values(networkInterfaces())
    .flatMap((interfaces) => interfaces ?? [])
    .some((own) => parseAddress(own.address.split('%')[0] ?? '')?.toString() === text)
}

function matches(exception: Exception, { hostname, port }: Destination, address: Address): boolean {
  if (exception.port !== null && exception.port !== port) return false
  return 'host' in exception ? exception.host === hostname.toLowerCase() : inRange(address, exception.range)
}

function inRange(address: Address, [start, bits]: [Address, number]): boolean {
  return address.kind() === start.kind() && address.match(start, bits)
}

function parseException(entry: string): Exception | null {
  if (entry.includes('/')) return parseRange(entry)
  const withPort = /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/.exec(entry)
  const port = withPort ? Number(withPort[2]) : null
  if (port !== null && (port < 1 || port > 65_535)) return null
  const host = (withPort?.[1] ?? entry).replace(/^\[(.*)\]$/, '$1').toLowerCase()
  const address = parseAddress(host)
  if (address) return { range: [address, address.kind() === 'ipv4' ? 32 : 128], port }
  return /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(host) ? { host, port } : null
}

function parseRange(entry: string): Exception | null {
  try {
    return { range: ipaddr.parseCIDR(entry), port: null }
  } catch {
    return null
  }
}
