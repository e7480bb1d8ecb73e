export interface ServerNames {
  /** The port it listens on. */
  port: number
  /** Names beside the loopback ones: `name`, or `name:port` to be taken to the letter. */
  allowedHosts: readonly string[]
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Whether a `Host` header names this server: the loopback names with its port, or a name the operator allowed. */
export function isOwnHost(host: string, { port, allowedHosts }: ServerNames): boolean {
  const given = host.toLowerCase()
  if (LOOPBACK.some((name) => given === `${name}:${port}` || (port === 80 && given === name))) return true
  return allowedHosts.some((name) => given === name || (!/:\d+$/.test(name) && given === `${name}:${port}`))
}

/** Whether an `Origin` header is this server's own. Behind a proxy that speaks TLS the allowed names may come with https. */
export function isOwnOrigin(origin: string, names: ServerNames): boolean {
  const [, scheme, host] = /^(https?):\/\/([^/]+)$/i.exec(origin) ?? []
  if (!scheme || !host) return false
  if (scheme.toLowerCase() === 'http') return isOwnHost(host, names)
  return isOwnHost(host, names) && names.allowedHosts.length > 0 && !isLoopbackHost(host)
}

function isLoopbackHost(host: string): boolean {
  return LOOPBACK.includes(host.toLowerCase().replace(/:\d+$/, ''))
}
