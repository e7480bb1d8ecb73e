import { spawnSync } from 'node:child_process'
import type { HttpRun } from '@volley/shared/flow/flow.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'
import { httpRequest } from './httpRequest.ts'

const run: HttpRun = {
  kind: 'http',
  method: 'POST',
  url: 'https://api.example/v1/{{place}}?key={{secret.API_KEY}}',
  headers: { Authorization: 'Bearer {{secret.WEATHER-KEY}}', 'X-Note': '{{note}}' },
}

/** What a shell makes of commands, with `curl` as a function that tells its arguments; each has a secret of its own in WEATHER_KEY. */
function wordsOf(commands: readonly { command: string; secret: string }[]): string[][] {
  const script = commands.map(({ command }, at) => `WEATHER_KEY="$S${at}"\n${command}`).join('\n')
  const secrets = Object.fromEntries(commands.map(({ secret }, at) => [`S${at}`, secret]))
  const told = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$#" "$@"; }\n${script}`], {
    env: { API_KEY: 'SECRET', ...secrets },
  })
  expect(String(told.stderr)).toBe('')
  const words = String(told.stdout).split('\0')
  return commands.map(() => words.splice(0, Number(words.shift())))
}

test('a request is one command, its secrets are variables, and it reads well', () => {
  expect(curlOf(run, { place: 'Kraków', note: "it's", days: 3 })).toBe(`curl --request POST \\
  'https://api.example/v1/Krak%C3%B3w?key='"\${API_KEY}"'' \\
  --header 'accept: application/json, text/*;q=0.9, */*;q=0.5' \\
  --header 'authorization: Bearer '"\${WEATHER_KEY}"'' \\
  --header 'x-note: it'\\''s' \\
  --header 'content-type: application/json' \\
  --data-raw '{"days":3}'`)
})

test('a GET needs no more than its address, and an address with brackets is taken as it is', () => {
  const get: HttpRun = { kind: 'http', url: 'https://[::1]:8080/items' }
  expect(curlOf(get, { ids: [1, 2] })).toMatch(
    /^curl --globoff \\\n {2}'https:\/\/\[::1\]:8080\/items\?ids=1&ids=2' \\\n/,
  )
  expect(curlOf({ ...get, method: 'HEAD' }, {})).toMatch(/^curl --head/)
})

test('arguments that make no request give no command', () => {
  expect(curlOf(run, { place: '..', note: '' })).toBeNull()
})

test('whatever the arguments and secrets hold, a shell reads exactly the request that is made', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 }).map((one) => one.replaceAll('\0', ''))
  const tricky = fc.constantFrom(
    `'; rm -rf /; '`,
    '$(id)',
    '`id`',
    '\\',
    '"',
    '!x',
    "''",
    'secretmark0x',
    '@file',
    '-n',
  )
  const value = fc.oneof(text, tricky)
  const cases = fc.sample(fc.tuple(value, value, fc.constantFrom('key-1', `a'b"c$d`, '`x`')), 100)
  const made = cases.flatMap(([place, extra, secret]) => {
    const given = { place: `p${place}`, extra }
    const command = curlOf(run, given)
    const request = httpRequest(run, given, { secrets: { get: () => 'SECRET' }, idempotencyKey: '' })
    expect(command === null).toBe(!request.ok)
    return command !== null && request.ok ? [{ command, secret, request: request.value }] : []
  })
  expect(made.length).toBeGreaterThan(60)
  for (const [at, words] of wordsOf(made).entries()) {
    const { request, secret } = made[at] as (typeof made)[number]
    expect(words.slice(0, 3)).toEqual(['--request', 'POST', request.url.href])
    expect(words).toContain(`authorization: Bearer ${secret}`)
    expect(words.at(-1)).toBe(request.body)
  }
})
