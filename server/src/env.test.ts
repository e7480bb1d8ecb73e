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
