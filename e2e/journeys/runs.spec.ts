import fs from 'node:fs'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const FLOW = {
  format: 'volley.flow/1',
  name: 'Harbour desk',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          calls: [
            { tool: 'tide', arguments: {} },
            { tool: 'news', arguments: {} },
          ],
        },
        { text: 'High.' },
      ],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: [
    { name: 'tide', parameters: { type: 'object' }, run: { kind: 'mock', result: 4 } },
    { name: 'news', parameters: { type: 'object' }, run: { kind: 'mock', error: 'none today' } },
  ],
}

test('runs are filtered in the address, counted by tool and version, exported, and deleted when they are too many', async ({
  builder: { page },
  app,
}) => {
  // One long way through all of it, with two looks at both themes.
  const call = (method: string, path: string, body: unknown) =>
    page.evaluate(
      async ([how, to, text]) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(`/api${to}`, { method: how, headers, body: text })).json()
      },
      [method, path, JSON.stringify(body)] as const,
    )
  const runs = page.locator('[data-run]')
  const visit = (path: string) => page.goto(new URL(path, app.address).href)
  const saved = await call('POST', '/flows', FLOW)
  await call('POST', '/runs', { flowId: saved.id, input: 'Tides and news?' })
  await call('PUT', `/flows/${saved.id}`, { ...FLOW, tools: FLOW.tools.slice(0, 1) })
  await call('POST', '/runs', { flowId: saved.id, input: 'Tides alone?' })
  await call('POST', '/runs', { flow: { ...FLOW, agent: { provider: 'anthropic', model: 'm' } }, input: 'No key.' })

  await visit('/runs')
  await expect(runs).toHaveCount(3)
  await expect(page.getByRole('row').filter({ hasText: 'Tides alone?' })).toContainText('Unknown tool')
  await page.getByRole('radio', { name: 'Failed' }).click()
  await expect(runs).toHaveCount(1)
  await expect(page).toHaveURL(/\?status=failed$/)
  await page.getByRole('button', { name: 'Clear filters' }).click()

  await page.getByRole('combobox', { name: 'Flow' }).selectOption({ label: 'Harbour desk (2)' })
  await page.getByRole('combobox', { name: 'Version' }).selectOption('2')
  await expect(runs).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('2')
  await expect(runs).toHaveCount(1)
  await page.getByRole('combobox', { name: 'Version' }).selectOption('')
  await expect(runs).toHaveCount(2)
  expect(await faultsOf(page)).toEqual([])

  await page.getByRole('checkbox', { name: 'Choose the run of Harbour desk, Tides and news?' }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export 1 chosen' }).click(),
  ])
  const lines = fs
    .readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'volley.runs/1', input: 'Tides and news?' })
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'run.finished', status: 'succeeded' })

  await page.getByRole('tab', { name: 'By tool' }).click()
  await expect(page.locator('[data-tool-stats="news"]')).toContainText('100 %')
  await page.getByRole('tab', { name: 'By version' }).click()
  await expect(page.locator('[data-version-stats]')).toHaveCount(2)
  await expect(page.locator('[data-compared="latencyMs"]')).toContainText('Too few runs to say')
  await expect(page).toHaveURL(/view=versions/)
  expect(await faultsOf(page)).toEqual([])

  await visit('/settings#runs')
  await page.getByRole('spinbutton', { name: 'Runs at most' }).fill('1')
  await expect(page.getByText('Saving this would delete 2 of 3 finished runs now.')).toBeVisible()
  await page.getByRole('region', { name: 'Keeping runs' }).getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save and delete' }).click()
  await expect(page.getByText('Nothing is to be deleted now. There is 1 finished run.')).toBeVisible()
  await visit('/runs')
  await expect(runs).toHaveCount(1)
})
