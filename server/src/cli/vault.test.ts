import { existsSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { openStore } from '../store/store.ts'
import { commandLine } from '../testing/fakeTerminal.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { startTestServer } from '../tools/testServer.ts'

test('run uses the secrets of the data folder, beside the server that has it open, and shows ***', async () => {
  const folder = `${temporaryFolder()}/data`
  const store = await openStore(folder)
  await store.secrets.put('KEY', { value: 'tern-4471', origins: null })
  const web = await startTestServer(({ headers }, response) => response.end(JSON.stringify({ got: headers['x-key'] })))
  onTestFinished(async () => {
    web.close()
    await store.close()
  })
  const flow = {
    format: 'volley.flow/1',
    name: 'Tides',
    agent: {
      provider: 'simulated',
      model: 'simulated-1',
      settings: { script: [{ calls: [{ tool: 'tide' }] }, { text: 'Done.' }] },
    },
    tools: [
      {
        name: 'tide',
        parameters: { type: 'object' },
        run: { kind: 'http', url: web.url, headers: { 'X-Key': '{{secret.KEY}}' } },
      },
    ],
  }
  const variables = { VOLLEY_DATA: folder, VOLLEY_EGRESS_ALLOW: '127.0.0.1' }
  const args = ['run', 'flow.json', '--input', 'When?', '--json']
  const { code, out, err } = await commandLine(args, { files: { 'flow.json': flow }, variables, parts: PARTS })
  expect(code).toBe(0)
  expect(web.seen[0]?.headers['x-key']).toBe('tern-4471')
  expect(JSON.parse(out).calls[0].result).toEqual({ got: '***' })
  expect(out + err).not.toContain('tern-4471')
})

test('run needs no data folder, and makes none', async () => {
  const variables = { VOLLEY_DATA: `${temporaryFolder()}/none` }
  const flow = { format: 'volley.flow/1', name: 'x', agent: { provider: 'simulated', model: 's' }, tools: [] }
  const files = { 'flow.json': flow }
  const { code } = await commandLine(['run', 'flow.json', '--input', 'Hi'], { files, variables, parts: PARTS })
  expect(code).toBe(0)
  expect(existsSync(variables.VOLLEY_DATA)).toBe(false)
})

test('run says what is wrong with a data folder that cannot be read', async () => {
  const folder = temporaryFolder()
  writeFileSync(`${folder}/volley.db`, 'no database'.repeat(100))
  writeFileSync(`${folder}/secret.key`, 'a key of sixteen or more')
  const flow = { format: 'volley.flow/1', name: 'x', agent: { provider: 'simulated', model: 's' }, tools: [] }
  const options = { files: { 'flow.json': flow }, variables: { VOLLEY_DATA: folder }, parts: PARTS }
  const { code, err } = await commandLine(['run', 'flow.json', '--input', 'Hi'], options)
  expect([code, err]).toEqual([1, expect.stringContaining('volley.db is no database')])
})
