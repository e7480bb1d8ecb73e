// JavaScript that runs inside the sandbox before the user's code. It is no border: it only makes the user's world. It evaluates to a
// function of the host's means that gives `invoke` and `describe`; what it needs later it keeps from what the user may change.

export const PRELUDE = String.raw`(print, ask, mostCharacters) => {
  'use strict'
  const { parse, stringify } = JSON
  const apply = Reflect.apply
  const text = String
  const slice = String.prototype.slice
  const cut = (value, most) => apply(slice, text(value), [0, most])
  const { Error, TypeError, Map, Set, Promise, Object, Array } = globalThis

  const nameOf = (value) => {
    if (typeof value === 'function') return 'a function'
    if (typeof value === 'symbol') return 'a symbol'
    if (typeof value === 'bigint') return 'a BigInt (turn it into text or a number)'
    if (value instanceof Map) return 'a Map (turn it into an object with Object.fromEntries)'
    if (value instanceof Set) return 'a Set (turn it into a list with Array.from)'
    if (value instanceof Promise) return 'a promise (await it)'
    return null
  }

  const toJson = (value) => {
    try {
      return stringify(value === undefined ? null : value, (key, inner) => {
        const name = nameOf(inner)
        if (name) throw new TypeError('The result is no JSON: ' + (key === '' ? 'it' : '"' + key + '"') + ' is ' + name + '.')
        return inner
      }) ?? 'null'
    } catch (error) {
      if (error instanceof TypeError && error.message === 'circular reference')
        throw new TypeError('The result is no JSON: it contains itself.')
      throw error
    }
  }

  const show = (value) => {
    if (typeof value === 'string') return value
    try {
      if (value instanceof Error) return text(value) + '\n' + text(value.stack)
      if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : text(value)
      const seen = []
      return stringify(value, function (key, inner) {
        if (typeof inner === 'bigint') return text(inner) + 'n'
        if (typeof inner === 'function') return '[function]'
        if (inner instanceof Map || inner instanceof Set) inner = Array.from(inner)
        if (typeof inner !== 'object' || inner === null) return inner
        while (seen.length > 0 && seen[seen.length - 1] !== this) seen.length--
        for (let n = 0; n < seen.length; n++) if (seen[n] === inner) return '[circular]'
        seen[seen.length] = inner
        return inner
      })
    } catch {
      return '[cannot be shown]'
    }
  }

  const printer = (level) => (...values) => {
    let line = ''
    for (let n = 0; n < values.length && line.length <= mostCharacters; n++) line += (n > 0 ? ' ' : '') + show(values[n])
    print(level, cut(line, mostCharacters + 1))
  }
  globalThis.console = {
    log: printer('log'), info: printer('info'), warn: printer('warn'), error: printer('error'), debug: printer('log'),
  }

  if (ask) globalThis.fetch = async (url, { method = 'GET', headers = {}, body = null } = {}) => {
    if (body !== null && body !== undefined && typeof body !== 'string')
      throw new TypeError('The body of a fetch must be text: use JSON.stringify.')
    const sent = {}
    for (const [name, value] of Object.entries(headers)) sent[name] = text(value)
    const answer = parse(await ask(stringify({ url: text(url), method: text(method), headers: sent, body: body ?? null })))
    if (!answer.ok) throw new TypeError(answer.message)
    const got = answer.headers
    Object.defineProperty(got, 'get', { value: (name) => got[text(name).toLowerCase()] ?? null })
    return {
      ok: answer.status >= 200 && answer.status < 300,
      status: answer.status,
      headers: got,
      text: async () => answer.body,
      json: async () => parse(answer.body),
    }
  }

  return {
    invoke: async (module, json) => {
      const run = (await module).default
      if (typeof run !== 'function')
        throw new TypeError('The code must export a function: export default async (args) => { … }')
      return toJson(await run(parse(json)))
    },
    describe: (error) => {
      try {
        if (typeof error === 'object' && error !== null && typeof error.message === 'string')
          return stringify({ name: cut(error.name, 100), message: cut(error.message, 2000), stack: cut(error.stack, 4000) })
        return stringify({ name: '', message: cut(show(error), 2000), stack: '' })
      } catch {
        return '{"name":"","message":"It threw something that cannot be shown.","stack":""}'
      }
    },
  }
}`
