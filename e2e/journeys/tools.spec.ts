import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

test('a secret goes in by its name, can be replaced and deleted, and its value never shows again', async ({
  builder: { page },
  app,
}) => {
  await page.goto(new URL('/settings', app.address).href)
  await expect(page.getByText('No secrets yet')).toBeVisible()
  await page.getByRole('button', { name: 'Add secret' }).click()
  await page.getByRole('textbox', { name: 'Secret name' }).fill('HARBOUR_KEY')
  await page.getByLabel('Value', { exact: true }).fill('tide-and-time-7781')
  await page.getByRole('textbox', { name: 'Goes only to' }).fill('https://harbour.example')
  await page.getByRole('button', { name: 'Store' }).click()
  const secret = page.locator('[data-secret="HARBOUR_KEY"]')
  await expect(secret).toContainText('https://harbour.example')

  await page.reload()
  await expect(secret).toBeVisible()
  expect(await page.content()).not.toContain('tide-and-time')
  await secret.getByRole('button', { name: 'Replace HARBOUR_KEY' }).click()
  await expect(page.getByLabel('Value', { exact: true })).toHaveValue('')
  await page.getByLabel('Value', { exact: true }).fill('another-value-4410')
  await page.getByRole('button', { name: 'Store' }).click()

  await secret.getByRole('button', { name: 'Delete HARBOUR_KEY' }).click()
  await page.getByRole('button', { name: 'Delete secret' }).click()
  await expect(secret).toHaveCount(0)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.locator('[data-audit="secret_deleted"]')).toContainText('HARBOUR_KEY')
  await expect(page.locator('[data-audit="secret_stored"]')).toHaveCount(2)
})

test('settings tell which private addresses tools may reach, and offer no way to change that', async ({
  builder: { page },
  app,
}) => {
  await page.goto(new URL('/settings', app.address).href)
  const network = page.getByRole('region', { name: 'Network' })
  await expect(network.getByRole('list', { name: 'Exceptions' })).toHaveText(/127\.0\.0\.1/)
  await expect(network).toContainText('VOLLEY_EGRESS_ALLOW')
  await expect(network.getByRole('button')).toHaveCount(0)
  await expect(network.getByRole('textbox')).toHaveCount(0)
})

test('a connection to a model server is tested, lists its models, and is offered to the agent', async ({
  builder,
  page,
  app,
}) => {
  await using server = await serve(() => ({ data: [{ id: 'small-boat' }, { id: 'large-boat' }] }))
  await page.goto(new URL('/settings', app.address).href)
  await page.getByRole('button', { name: 'Add connection' }).click()
  await page.getByRole('textbox', { name: 'Connection name' }).fill('shipyard')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`)
  await page.getByRole('button', { name: 'Store' }).click()
  const connection = page.locator('[data-connection="shipyard"]')
  await connection.getByRole('button', { name: 'Test shipyard' }).click()
  await expect(connection).toContainText('It answers, with 2 models.')
  await connection.getByRole('button', { name: 'More for shipyard' }).click()
  await page.getByRole('menuitem', { name: 'List models' }).click()
  await expect(connection.getByText('large-boat')).toBeVisible()

  await page.goto(new URL('/', app.address).href)
  await builder.startBlank()
  await page.locator('[data-agent]').click()
  await builder.inspector.getByRole('combobox', { name: 'Provider' }).selectOption('shipyard')
  await builder.saved()
})

test('a command is shown whole and starts only once that content was approved', async ({ builder: { page }, app }) => {
  const mark = path.join(app.data, 'started')
  const script = `require("fs").writeFileSync(${JSON.stringify(mark)}, "yes")`
  await page.goto(new URL('/settings', app.address).href)
  await page.getByRole('button', { name: 'Add connection' }).click()
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('mcp-stdio')
  await page.getByRole('textbox', { name: 'Connection name' }).fill('crane')
  await page.getByRole('textbox', { name: 'Command' }).fill(process.execPath)
  await page.getByRole('textbox', { name: 'Arguments' }).fill(`-e\n${script}`)
  await page.getByRole('button', { name: 'Store' }).click()

  const approval = page.getByRole('dialog')
  await expect(approval).toContainText(process.execPath)
  await expect(approval).toContainText(script)
  await approval.getByRole('button', { name: 'Not now' }).click()
  const connection = page.locator('[data-connection="crane"]')
  await expect(connection).toContainText('Not approved')
  await expect(connection.getByRole('button', { name: 'Test crane' })).toHaveCount(0)
  expect(fs.existsSync(mark)).toBe(false)

  await connection.getByRole('button', { name: 'Review and approve' }).click()
  await page.getByRole('button', { name: 'Approve this command' }).click()
  await connection.getByRole('button', { name: 'Test crane' }).click()
  await expect.poll(() => fs.existsSync(mark)).toBe(true)
})

const HARBOUR = `openapi: 3.1.0
info: { title: Harbour }
servers: [{ url: 'https://harbour.example/v1' }]
security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
paths:
  /tides: { get: { operationId: readTides, summary: Reads the tides., tags: [water] } }
  /berths:
    get: { operationId: listBerths, tags: [quay] }
    post: { operationId: bookBerth, summary: Books a berth., tags: [quay] }
`

test('operations of an OpenAPI document are found, picked, and come with the secret they need', async ({
  builder,
  page,
}) => {
  await builder.startBlank()
  await page.getByRole('button', { name: 'OpenAPI' }).click()
  await page.getByRole('textbox', { name: 'Document' }).fill(HARBOUR)
  const operations = page.getByRole('list', { name: 'Operations' })
  await expect(operations.getByRole('listitem')).toHaveCount(3)
  await page.getByRole('button', { name: /^quay/ }).click()
  await expect(operations.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Find in operations' }).fill('books')
  await expect(operations.getByRole('listitem')).toHaveCount(1)
  await operations.getByRole('checkbox', { name: 'bookBerth' }).click()
  await page.getByRole('button', { name: 'Add 1 tool' }).click()

  await page.getByRole('dialog').locator('input[type="password"]').fill('anchor-99')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect(builder.tool('bookBerth')).toBeVisible()
  await expect(page.locator('[data-tool]')).toHaveCount(1)
  const secrets = await page.evaluate(async () => (await fetch('/api/secrets')).json())
  expect(secrets.items).toMatchObject([{ origins: ['https://harbour.example'] }])
  await page.keyboard.press('Control+z')
  await expect(builder.tool('bookBerth')).toHaveCount(0)
})

test('a tool is tried alone: its result, its time, what it asked and was answered; the result becomes its mock', async ({
  builder,
}) => {
  await using server = await serve((url) => ({ asked: url, tide: 3.4 }))
  await builder.openFlow({
    format: 'volley.flow/1',
    name: 'Tides',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: [
      {
        name: 'read_tide',
        parameters: {
          type: 'object',
          properties: { harbour: { type: 'string' }, day: { type: 'integer' }, unit: { enum: ['m', 'ft'] } },
          required: ['harbour'],
        },
        run: { kind: 'http', url: `${server.url}/tide?at={{harbour}}` },
      },
    ],
  })
  await builder.tool('read_tide').click()
  await builder.inspector.getByRole('tab', { name: 'Try it' }).click()
  await builder.inspector.getByRole('textbox', { name: 'harbour' }).fill('Vlissingen')
  await builder.inspector.getByRole('textbox', { name: 'day' }).fill('soon')
  await builder.button('Call the tool').click()
  await expect(builder.inspector).toContainText('This is no number.')
  await builder.inspector.getByRole('textbox', { name: 'day' }).fill('2')
  await builder.inspector.getByRole('combobox', { name: 'unit' }).selectOption({ label: 'm' })
  await builder.button('Call the tool').click()
  const outcome = builder.inspector.getByRole('region', { name: 'What came of it' })
  await expect(outcome).toContainText('succeeded')
  await expect(outcome.getByRole('region', { name: 'Result of the try' })).toContainText('3.4')
  await expect(outcome.getByRole('region', { name: 'Request' })).toContainText('/tide?at=Vlissingen')
  await expect(outcome.getByRole('region', { name: 'Answer' })).toContainText('application/json')

  await builder.button('Save result as mock').click()
  await builder.inspector.getByRole('tab', { name: 'Runs as' }).click()
  await expect(builder.inspector.getByRole('combobox', { name: 'Kind' })).toHaveValue('mock')
  await builder.button('Undo').click()
  await expect(builder.inspector.getByRole('combobox', { name: 'Kind' })).toHaveValue('http')
})

test('code is written with its arguments by name, its faults are told by line, and what it prints is shown', async ({
  builder,
  page,
}) => {
  await builder.startBlank()
  await builder.dragTool('code', 'weigh', { x: 420, y: 160 })
  await builder.button('Add parameter').click()
  await builder.inspector.getByRole('textbox', { name: 'Parameter name' }).fill('tons')
  await page.keyboard.press('Enter')
  await builder.inspector.getByRole('tab', { name: 'Runs as' }).click()
  const source = builder.inspector.getByRole('textbox', { name: 'Source' })
  const write = async (text: string) => {
    await source.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(text)
  }
  await write('export default async (args) => {\n  const heavy = = 3\n}')
  await expect(builder.inspector.getByText('Line 2')).toBeVisible()
  await write('export default ({ tons, tonnes }) => tons')
  await expect(builder.inspector.getByRole('list', { name: 'Warnings' })).toContainText('"tonnes" is no parameter')
  await write('export default async (args) => {\n  console.log("weighing", args.tons)\n  return args.tons + " t"\n}')
  await expect(builder.inspector.getByText('It can be run.')).toBeVisible()
  await expect(builder.inspector.getByRole('list', { name: 'Arguments of the source' })).toContainText('args.tons')
  await builder.inspector.getByRole('tab', { name: 'Try it' }).click()
  await builder.inspector.getByRole('textbox', { name: 'tons' }).fill('12')
  await builder.button('Call the tool').click()
  const outcome = builder.inspector.getByRole('region', { name: 'What came of it' })
  await expect(outcome.getByRole('region', { name: 'Result of the try' })).toContainText('12 t')
  await expect(outcome).toContainText('weighing 12')
})

test('a price that is added is used by the next run, and can be taken away again', async ({ builder, page, app }) => {
  await page.goto(new URL('/settings', app.address).href)
  await page.getByRole('button', { name: 'Add price' }).click()
  await page.getByRole('textbox', { name: 'Provider' }).fill('simulated')
  await page.getByRole('textbox', { name: 'Model' }).fill('simulated-1')
  await page.getByRole('textbox', { name: 'Input' }).fill('2,50')
  await page.getByRole('textbox', { name: 'Output' }).fill('ten')
  await page.getByRole('textbox', { name: 'Source' }).fill('made up')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect(page.getByRole('dialog')).toContainText('“Output” is no number')
  await page.getByRole('textbox', { name: 'Output' }).fill('10')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect(page.locator('[data-price="simulated-1"]')).toContainText('$2.50')
  await page.getByRole('button', { name: 'built-in prices' }).click()
  await page.getByRole('button', { name: 'Change the price of gpt-4.1', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Source' })).toHaveValue(/price list/)
  await settled(page)
  expect(await faultsOf(page)).toEqual([])

  await page.goto(new URL('/', app.address).href)
  await builder.openExample('three-cities')
  await builder.run('What is the weather in Paris and Rome?')
  await expect(page.locator('[data-summary="costUsd"]')).toContainText('$0.0')

  await page.goto(new URL('/settings', app.address).href)
  await page.getByRole('button', { name: 'Remove the price of simulated-1' }).click()
  await expect(page.locator('[data-price="simulated-1"]')).toHaveCount(0)
})

test('a program’s token is made for one flow, shown once, runs that flow, and is shut out once revoked', async ({
  builder: { page },
  app,
}) => {
  const headers = { 'content-type': 'application/json' }
  const post = (address: string, data: unknown) =>
    page.request.post(new URL(address, app.address).href, { headers, data })
  await page.goto(app.address)
  const agent = { provider: 'simulated', model: 'simulated-1' }
  const { id } = await (await post('/api/flows', { format: 'volley.flow/1', name: 'Tide desk', agent })).json()
  await page.goto(new URL('/settings#tokens', app.address).href)
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByRole('textbox', { name: 'Token name' }).fill('Web shop')
  await settled(page)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Make token' }).click()
  const token = await page.getByRole('textbox', { name: 'Token', exact: true }).inputValue()
  await settled(page)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.locator('[data-token="Web shop"]')).toContainText('Runs “Tide desk”. Never used.')
  expect(await page.content()).not.toContain(token)

  const start = () =>
    fetch(new URL(`/api/flows/${id}/runs?wait=true`, app.address), {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: '{"input":"Hello"}',
    })
  expect(await (await start()).json()).toMatchObject({ status: 'succeeded' })
  await page.getByRole('button', { name: 'Revoke Web shop' }).click()
  await page.getByRole('button', { name: 'Revoke token' }).click()
  await expect(page.locator('[data-token]')).toHaveCount(0)
  expect((await start()).status).toBe(401)
})

test('settings with connections and secrets, and their dialogs, have no accessibility fault', async ({
  builder: { page },
  app,
}) => {
  // Ten screens are looked at, each in both themes.
  const put = (address: string, body: unknown) =>
    page.evaluate(
      async ([to, text]) => {
        const headers = { 'content-type': 'application/json' }
        await fetch(`/api${to}`, { method: 'PUT', headers, body: text })
      },
      [address, JSON.stringify(body)] as const,
    )
  await put('/secrets/A_KEY', { value: 'some-long-value', origins: ['https://a.example'] })
  await put('/connections/local', { kind: 'openai-chat', baseUrl: 'http://127.0.0.1:9/v1' })
  await put('/connections/files', { kind: 'mcp', command: 'npx', args: ['-y', 'x y'], env: { ROOT: '/' } })
  await page.goto(new URL('/settings', app.address).href)
  await page.getByRole('button', { name: 'Test local' }).click()
  await expect(page.locator('[data-connection="local"]')).toContainText('could not be reached')
  await expect(page.locator('[data-audit]').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  for (const name of ['Add secret', 'Add connection', 'Review and approve', 'Delete A_KEY']) {
    await page.getByRole('button', { name }).click()
    await settled(page)
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
})

test('picking tools, trying one and writing code have no accessibility fault', async ({ builder, page }) => {
  await builder.startBlank()
  await page.getByRole('button', { name: 'MCP server' }).click()
  await settled(page)
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'OpenAPI' }).click()
  await page.getByRole('textbox', { name: 'Document' }).fill(HARBOUR)
  await page.getByRole('checkbox', { name: 'readTides' }).click()
  await settled(page)
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await builder.dragTool('code', 'weigh', { x: 420, y: 160 })
  await builder.inspector.getByRole('tab', { name: 'Runs as' }).click()
  await expect(builder.inspector.getByText('It can be run.')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await builder.inspector.getByRole('tab', { name: 'Try it' }).click()
  await builder.button('Call the tool').click()
  await expect(builder.button('Save result as mock')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})

/** A service on this machine that answers every address with JSON. */
async function serve(answer: (url: string) => unknown) {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(request.url ?? '')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What fades in is there: colours are measured as they stay. */
const settled = (page: Page) =>
  page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))).then(() => {}))
