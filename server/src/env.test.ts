import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const faults = (variables: Record<string, string>) => {
  const env = parseEnv(variables, '/home/ann')
  return env.ok ? [] : env.error
}

test('without any variable the server listens on this machine alone', () => {
  expect(parseEnv({ PATH: '/bin', VOLLEY_TOKEN: '', VOLLEY_PORT: ' ' }, '/home/ann')).toEqual({
    ok: true,
    value: {
      port: 4400,
      host: '127.0.0.1',
      allowedHosts: [],
      dataFolder: '/home/ann/.volley',
      databaseUrl: null,
      token: null,
      secretKey: null,
      egressAllow: [],
      limits: [],
      codeFetch: false,
      models: {},
      telemetry: null,
    },
  })
})

test('lists are separated by commas', () => {
  const env = parseEnv(
    { VOLLEY_EGRESS_ALLOW: 'buoy.example, 10.0.0.0/8,', VOLLEY_ALLOWED_HOSTS: 'A.example:8443' },
    '/',
  )
  expect(env).toMatchObject({ value: { allowedHosts: ['a.example:8443'] } })
  expect(env.ok && env.value.egressAllow).toHaveLength(2)
})

test('limits over all runs are read by host and provider; two of a kind for one name are refused', () => {
  const limitsOf = (text: string) => {
    const env = parseEnv({ VOLLEY_LIMITS: text }, '/')
    return env.ok ? env.value.limits : env.error[0]
  }
  expect(limitsOf('API.example.com:8443=8, openai-chat=50/60000, openai=4')).toEqual([
    { name: 'api.example.com:8443', most: 8 },
    { name: 'openai', rate: { limit: 50, perMs: 60_000 } },
    { name: 'openai', most: 4 },
  ])
  expect(limitsOf('a.example=1,A.example=2')).toContain('"A.example=2" is the second limit of its kind for a.example')
  for (const odd of ['a.example', 'a.example=0', 'a.example=5000/1000', '=4'])
    expect(limitsOf(odd)).toContain(`"${odd}"`)
})

test('every wrong variable is named, with what it should be', () => {
  expect(
    faults({
      VOLLEY_PORT: '70000',
      VOLLEY_TOKEN: 'two words',
      VOLLEY_ALLOWED_HOSTS: 'https://x.example/',
      OPENAI_BASE_URL: 'file:///etc',
      VOLLEY_DATABASE_URL: 'mysql://x',
    }).map((sentence) => sentence.split(' ')[0]),
  ).toEqual(['VOLLEY_PORT', 'VOLLEY_ALLOWED_HOSTS', 'VOLLEY_DATABASE_URL', 'VOLLEY_TOKEN', 'OPENAI_BASE_URL'])
})

test('code may fetch only where that is switched on', () => {
  expect(parseEnv({ VOLLEY_CODE_FETCH: 'on' }, '/')).toMatchObject({ value: { codeFetch: true } })
  expect(faults({ VOLLEY_CODE_FETCH: 'yes' })).toEqual(['VOLLEY_CODE_FETCH must be on or off'])
})

test('it does not listen to other machines without a token and the names it is reached by', () => {
  for (const VOLLEY_HOST of ['0.0.0.0', '::', '192.168.1.4', 'volley.example']) {
    expect(faults({ VOLLEY_HOST })).toHaveLength(1)
    expect(faults({ VOLLEY_HOST, VOLLEY_TOKEN: 'x' })).toHaveLength(1)
    expect(faults({ VOLLEY_HOST, VOLLEY_ALLOWED_HOSTS: 'volley.example' })).toHaveLength(1)
    expect(faults({ VOLLEY_HOST, VOLLEY_TOKEN: 'x', VOLLEY_ALLOWED_HOSTS: 'volley.example' })).toEqual([])
  }
  for (const VOLLEY_HOST of ['localhost', '::1', '127.0.0.2']) expect(faults({ VOLLEY_HOST })).toEqual([])
})
