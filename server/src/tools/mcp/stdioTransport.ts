import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import { isJSONRPCNotification, isJSONRPCRequest, isJSONRPCResponse } from '@modelcontextprotocol/client'
import { isDeeperThan } from '@volley/shared/lib/json.ts'
import type { StdioTransport } from './connection.ts'
import { createTail } from './tail.ts'
import { createTraffic, FLOODS } from './traffic.ts'

// An MCP server as a process of its own. Invariants:
// 1. No shell: the command and its arguments are what a person approved, and nothing in them is read as anything else.
// 2. It gets PATH, HOME, LANG and the connection's own environment; nothing else of Volley's, which may hold keys.
// 3. It leads a process group; when it ends, by itself or by us, the whole group ends.
// 4. What it writes is bounded: one message, messages in a second, its errors, and lines that are no messages.

const MOST_BYTES = 10 * 1024 * 1024
const MOST_LEVELS = 500
const MOST_NOISE_LINES = 1000
const STDERR_BYTES = 64 * 1024
const TERM_MS = 2_000

export interface StdioProcess extends Transport {
  /** What it last wrote to standard error, and lines on standard output that were no messages. */
  errors(): string
  /** Why it ended, once it has: a part of a sentence. */
  ending(): string | null
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts nothing by itself: `start` does. */
export function createStdioProcess(server: StdioTransport, hostEnv: NodeJS.ProcessEnv = process.env): StdioProcess {
  const stderr = createTail(STDERR_BYTES)
  let child: Child | null = null
  let ended: string | null = null
  let isClosed = false
  let noise = 0
  const traffic = createTraffic()
  let unread: Buffer[] = []
  let unreadBytes = 0

  const transport: StdioProcess = {
    start: () =>
      new Promise<void>((resolve, reject) => {
        const started = spawn(server.command, [...server.args], {
          env: environmentOf(server, hostEnv),
          stdio: ['pipe', 'pipe', 'pipe'],
          shell: false,
          detached: true,
          windowsHide: true,
          ...(server.cwd ? { cwd: server.cwd } : {}),
        })
        child = started
        started.once('spawn', resolve)
        started.once('error', (error: NodeJS.ErrnoException) => {
          finish(`could not be started: ${startReason(server, error)}`)
          reject(error)
        })
        started.once('exit', (code, signal) => {
          killGroup(started, 'SIGKILL')
          // What it wrote right before its end is still in the pipe; a process it left behind may hold the pipe open.
          const end = () => finish(signal ? `was ended by ${signal}` : `ended with code ${code}`)
          const timer = setTimeout(end, 200)
          started.once('close', () => {
            clearTimeout(timer)
            end()
          })
        })
        for (const stream of [started.stdin, started.stdout, started.stderr]) stream.on('error', () => {})
        started.stdout.on('data', (part: Buffer) => {
          const passage = traffic.read(read(part), part.length, performance.now())
          if (passage.is === 'flooded') give(FLOODS)
          if (passage.is !== 'crowded') return
          started.stdout.pause()
          setTimeout(() => started.stdout.resume(), passage.pauseMs).unref()
        })
        started.stderr.on('data', (part: Buffer) => stderr.add(part))
      }),
    async send(message) {
      if (!child || ended !== null || !child.stdin.writable) throw new Error('the server has ended')
      const { stdin } = child
      if (stdin.write(`${JSON.stringify(message)}\n`)) return
      await new Promise<void>((resolve) => {
        const go = () => {
          stdin.off('drain', go).off('close', go)
          resolve()
        }
        stdin.on('drain', go).on('close', go)
      })
    },
    async close() {
      if (!child || ended !== null) return finish('was stopped')
      const stopped = child
      const exited = new Promise<void>((resolve) => stopped.once('exit', () => resolve()))
      stopped.stdin.end()
      killGroup(stopped, 'SIGTERM')
      const force = setTimeout(() => killGroup(stopped, 'SIGKILL'), TERM_MS)
      finish('was stopped')
      await exited
      clearTimeout(force)
    },
    errors: () => stderr.text(),
    ending: () => ended,
  }

  /** Tells of the end once. */
  function finish(how: string) {
    ended ??= how
    unread = []
    if (isClosed) return
    isClosed = true
    transport.onclose?.()
  }

  /** Takes what is whole; gives the number of lines. */
  function read(part: Buffer): number {
    let lines = 0
    let rest = part
    for (let at = rest.indexOf(10); at >= 0 && ended === null; at = rest.indexOf(10)) {
      lines++
      unread.push(rest.subarray(0, at))
      rest = rest.subarray(at + 1)
      const line = Buffer.concat(unread).toString('utf8').trim()
      unread = []
      unreadBytes = 0
      if (line !== '') take(line)
    }
    if (ended !== null) return lines
    unread.push(rest)
    unreadBytes += rest.length
    if (unreadBytes > MOST_BYTES) give('sent a message larger than 10 MB')
    return lines
  }

  function take(line: string) {
    const message = messageOf(line)
    if (message) {
      noise = 0
      transport.onmessage?.(message)
      return
    }
    stderr.add(`${line.slice(0, 1000)}\n`)
    if (++noise > MOST_NOISE_LINES) give('keeps writing lines that are no messages of the Model Context Protocol')
  }

  /** Ends a server that cannot be talked to. */
  function give(up: string) {
    ended = up
    if (child) {
      const stopped = child
      killGroup(stopped, 'SIGTERM')
      setTimeout(() => killGroup(stopped, 'SIGKILL'), TERM_MS).unref()
    }
    finish(up)
  }

  return transport
}

const KEPT = ['PATH', 'HOME', 'LANG'] as const

function environmentOf({ env }: StdioTransport, host: NodeJS.ProcessEnv): Record<string, string> {
  const kept = KEPT.flatMap((name) => (host[name] === undefined ? [] : [[name, host[name]] as const]))
  return { ...Object.fromEntries(kept), ...env }
}

function messageOf(line: string): JSONRPCMessage | null {
  if (isDeeperThan(line, MOST_LEVELS)) return null
  try {
    const value: unknown = JSON.parse(line)
    return isJSONRPCRequest(value) || isJSONRPCNotification(value) || isJSONRPCResponse(value) ? value : null
  } catch {
    return null
  }
}

/** The group of a process that has just ended, or that leads it still. */
function killGroup({ pid, exitCode }: Child, signal: 'SIGTERM' | 'SIGKILL') {
  if (pid === undefined || (exitCode !== null && signal === 'SIGTERM')) return
  try {
    process.kill(-pid, signal)
  } catch {
    // There is no one left in it.
  }
}

function startReason({ command, cwd }: StdioTransport, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT')
    return `there is no command "${command}" on this machine${cwd ? `, or no folder "${cwd}"` : ''}`
  if (code === 'EACCES') return `"${command}" may not be executed`
  return message
}
