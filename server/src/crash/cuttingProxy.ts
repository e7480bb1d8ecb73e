import net from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A way to a database on which commits get lost: of those that come while `rate` is more than 0 that part is cut off, its connection with it,
 * by the toss of a coin before the database heard of it or after it has done it, and before the answer goes back.
 */
export async function startCuttingProxy(databaseUrl: string, random: () => number) {
  const to = new URL(databaseUrl)
  const proxy = { url: '', rate: 0, before: 0, after: 0 }
  const server = net.createServer((client) => {
    const database = net.connect(Number(to.port), to.hostname)
    const end = () => {
      client.destroy()
      database.destroy()
    }
    for (const socket of [client, database]) socket.on('error', end).on('close', end)
    let isDeaf = false
    client.on('data', (bytes) => {
      const isCut = proxy.rate > 0 && COMMIT.test(bytes.toString('latin1')) && random() < proxy.rate
      if (isCut && random() < 0.5) {
        proxy.before++
        return end()
      }
      if (isCut) {
        proxy.after++
        isDeaf = true
      }
      database.write(bytes)
    })
    database.on('data', (bytes) => {
      if (isDeaf) end()
      else client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = new URL(databaseUrl)
  url.port = String((server.address() as net.AddressInfo).port)
  proxy.url = url.href
  return proxy
}

const COMMIT = /\bcommit\0/
