import net from 'node:net'

/** Sends these bytes to the port and gives back the whole answer as text: requests that no HTTP client would send. */
export function rawRequest(port: number, text: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
    let all = ''
    socket.setEncoding('latin1')
    socket.on('data', (part) => {
      all += part
    })
    socket.on('error', reject)
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(all)?.[1] ?? 0), text: all }))
  })
}

/** A request of these lines, its connection closed after the answer. */
export function requestText(method: string, target: string, headers: readonly string[], body = ''): string {
  const length = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []
  return [`${method} ${target} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n')
}
