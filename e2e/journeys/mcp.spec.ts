import http from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { expect, test } from '../app.ts'

const fromServer = createRequire(new URL('../../server/package.json', import.meta.url))
/** The reference server of the protocol, by the file that starts it. */
const EVERYTHING = path.join(
  path.dirname(fromServer.resolve('@modelcontextprotocol/server-everything/package.json')),
  'dist/index.js',
)

/** Stores the server as a command under a name, and approves just that. */
async function connect(page: Page, name: string) {
  const approved = await page.evaluate(
    async ([to, command]) => {
      const send = async (method: string, address: string, body: string) =>
        (await fetch(address, { method, headers: { 'content-type': 'application/json' }, body })).json()
      const { hash } = await send('PUT', to, command)
      return (await send('POST', `${to}/approve`, JSON.stringify({ hash }))).approved
    },
    [
      `/api/connections/${name}`,
      JSON.stringify({ kind: 'mcp', command: process.execPath, args: [EVERYTHING] }),
    ] as const,
  )
  expect(approved).toBe(true)
}

const aFlow = (tool: Tool) => ({
  format: 'volley.flow/1' as const,
  name: 'Harbour desk',
  agent: { provider: 'simulated', model: 'simulated-1' },
  tools: [tool],
})

test('a tool of an approved server is found and picked onto the canvas; what it draws is shown as a picture', async ({
  builder,
  page,
}) => {
  await connect(page, 'everything')
  await builder.startBlank()
  await page.getByRole('button', { name: 'MCP server' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'everything' }).click()
  const tools = dialog.getByRole('list', { name: 'Tools' })
  await dialog.getByRole('searchbox', { name: 'Find in tools' }).fill('tiny')
  await expect(tools.getByRole('listitem')).toHaveCount(1)
  await tools.getByRole('checkbox', { name: 'get-tiny-image' }).click()
  await dialog.getByRole('button', { name: 'Add 1 tool' }).click()
  await expect(builder.tool('get-tiny-image')).toBeVisible()
  await builder.saved()

  await builder.tool('get-tiny-image').click()
  await builder.inspector.getByRole('tab', { name: 'Try it' }).click()
  await builder.button('Call the tool').click()
  const result = builder.inspector.getByRole('region', { name: 'Result of the try' })
  const picture = result.getByRole('img')
  await expect(picture).toHaveAttribute('alt', /by \d+ pixels/)
  // It is really drawn: what the page may load is not left to the eye.
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  await result.getByRole('button', { name: 'Show raw JSON' }).click()
  await expect(result).toContainText('"mimeType": "image/png"')
})

test('what a server says otherwise now is shown as a difference, and taken over only by a person', async ({
  builder,
  page,
}) => {
  await connect(page, 'everything')
  await builder.openFlow(
    aFlow({
      name: 'echo',
      description: 'Gives the words back.',
      parameters: { type: 'object', properties: { words: { type: 'string' } } },
      run: { kind: 'mcp', server: 'everything', tool: 'echo' },
    }),
  )
  const described = async () => {
    await builder.tool('echo').click()
    await builder.inspector.getByRole('tab', { name: 'Definition' }).click()
    return builder.inspector.getByRole('textbox', { name: 'Description' })
  }
  await page.getByRole('button', { name: 'MCP server' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'everything' }).click()
  const changed = dialog.getByRole('region', { name: 'Changed since' })
  await changed.getByText('description, parameters').click()
  await expect(changed).toContainText('Gives the words back.')
  await expect(changed).toContainText('Echoes back the input')
  await page.keyboard.press('Escape')
  await expect(await described()).toHaveValue('Gives the words back.')

  await page.getByRole('button', { name: 'MCP server' }).click()
  await dialog.getByRole('button', { name: 'everything' }).click()
  await changed.getByRole('button', { name: 'Take over echo' }).click()
  await expect(changed).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(await described()).toHaveValue(/Echoes back/)
  await builder.button('Undo').click()
  await expect(await described()).toHaveValue('Gives the words back.')
})

test('with Mock all a run calls nothing, and each tool answers with what it last gave', async ({ builder, page }) => {
  let asked = 0
  const server = http.createServer((_request, response) => {
    asked++
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ tide: `reading ${asked}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await builder.openFlow(
    aFlow({
      name: 'read_tide',
      description: 'Reads the tide.',
      parameters: { type: 'object', properties: {} },
      run: { kind: 'http', url: `http://127.0.0.1:${port}/tide` },
    }),
  )
  await builder.run('Read the tide.')
  await builder.answered()
  expect(asked).toBe(1)

  const mockAll = page.getByRole('button', { name: 'Mock all' })
  await mockAll.click()
  await expect(mockAll).toHaveAttribute('aria-pressed', 'true')
  await builder.run('Read the tide.')
  await expect(page.getByText('reading 1')).toHaveCount(2)
  await builder.answered()
  expect(asked).toBe(1)

  await mockAll.click()
  await builder.run('Read the tide.')
  await expect(page.getByText('reading 2')).toHaveCount(1)
  expect(asked).toBe(2)
  server.closeAllConnections()
  server.close()
})
