import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const PORTS = ['Oslo', 'Bergen', 'Narvik', 'Kiel', 'Porto', 'Dover', 'Cork', 'Ghent']

/** The tide and the wind are asked for before one sails; the model does so only when told, and one call at a time. */
const CASES = PORTS.map((port) => ({
  id: port.toLowerCase(),
  input: `Check the tide and the wind in ${port}, then set sail for ${port}.`,
  expected: {
    calls: [
      { id: 'tide', tool: 'tide' },
      { id: 'wind', tool: 'wind' },
      { tool: 'sail', after: ['tide', 'wind'] },
    ],
  },
}))

const aTool = (name: string, description: string, latencyMs: number) => ({
  name,
  description,
  parameters: { type: 'object', properties: { port: { type: 'string' } }, required: ['port'] },
  run: { kind: 'mock', result: { ok: true }, latencyMs },
})

const aFlow = (settings: object = {}, latencyMs = 5) => ({
  format: 'volley.flow/1',
  name: 'Harbour desk',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    system: 'You know ports.',
    parallelism: 'serial',
    settings: { pace: { firstTokenMs: 5, callMs: 0 }, ...settings },
  },
  tools: [
    aTool('sail', 'Set sail for a port', latencyMs),
    aTool('tide', 'Tide of a port', latencyMs),
    aTool('wind', 'Wind at a port', latencyMs),
  ],
})

const ALL_RIGHT = {
  script: [
    { calls: ['tide', 'wind'].map((tool) => ({ tool, arguments: { port: 'Oslo' } })) },
    { calls: [{ tool: 'sail', arguments: { port: 'Oslo' } }] },
    { text: 'Under way.' },
  ],
}

test('two versions are run on a data set, watched to the end, and read down to one run', async ({
  builder: { page },
  app,
}) => {
  const { call, visit } = driving(page, app.address)
  await visit('/evals')
  await expect(page.getByText('No eval was run yet')).toBeVisible()
  const saved = await call('POST', '/flows', aFlow())
  await call('PUT', `/flows/${saved.id}`, aFlow(ALL_RIGHT))
  await call('PUT', `/flows/${saved.id}/versions/2/note`, { note: 'Looks before it sails' })
  await call('POST', '/data-sets', { name: 'Departures', cases: CASES })

  await page.getByRole('button', { name: 'New eval' }).last().click()
  await expect(page.getByText('Looks before it sails')).toBeVisible()
  await page.getByRole('checkbox', { name: 'v1' }).click()
  await expect(page.locator('[data-sum]')).toContainText('2 variants × 8 cases × 1 repeat = 16 runs')
  await expect(page.locator('[data-sum]')).toContainText('simulated')
  expect(await faultsOf(page, 'new eval')).toEqual([])
  await page.getByRole('button', { name: 'Start eval' }).click()

  await expect(page.locator('[data-progress]')).toContainText('16 of 16 runs', { timeout: 20_000 })
  await expect(page.locator('main [data-status="succeeded"]').first()).toContainText('finished')
  const passed = page.locator('[data-metric="passed"]')
  await expect(passed).toContainText('100 %')
  await expect(passed.locator('[data-verdict="better"]')).toContainText('+100 %')
  await page.getByRole('radio', { name: 'Failed' }).click()
  await page.getByRole('searchbox', { name: 'Search cases' }).fill('bergen')
  await expect(page.locator('[data-case]')).toHaveCount(1)
  expect(await faultsOf(page, 'eval')).toEqual([])
  await page.getByRole('button', { name: 'bergen' }).click()
  await expect(page.locator('[data-call-row="early"]')).toContainText('sail')
  expect(await faultsOf(page, 'case')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'bergen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Open run' }).first().click()
  await expect(page).toHaveURL(/\/runs\/\w+$/)
  await expect(page.getByRole('region', { name: 'Message and answer' })).toContainText('the wind in Bergen')

  await visit(`/evals?flow=${saved.id}`)
  await expect(page.locator('[data-version-point]')).toHaveCount(2)
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('region', { name: 'Passed by version' })).toContainText('v2')
  expect(await faultsOf(page, 'evals')).toEqual([])
})

test('an eval is stopped, resumed, and compared with another on the cases that both have', async ({
  builder: { page },
  app,
}) => {
  const { call, visit } = driving(page, app.address)
  const saved = await call('POST', '/flows', aFlow({}, 120))
  const all = await call('POST', '/data-sets', { name: 'Departures', cases: CASES })
  const few = await call('POST', '/data-sets', { name: 'Three ports', cases: CASES.slice(0, 3) })
  const start = async (dataSetId: string, more: object = {}): Promise<string> =>
    (await call('POST', '/evals', { flowId: saved.id, dataSetId, ...more })).evalId
  await start(few.id, { name: 'Few' })
  await visit(`/evals/${await start(all.id, { name: 'All', concurrency: 1 })}`)

  await expect(page.locator('[data-progress]')).toContainText(/[1-7] of 8 runs, about \d+ s left/)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.locator('main [data-status="cancelled"]').first()).toContainText('stopped')
  await expect(page.getByText('not run yet').first()).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.locator('[data-progress]')).toContainText('8 of 8 runs', { timeout: 20_000 })

  await visit('/evals')
  await page.getByRole('checkbox', { name: 'Choose the eval Few' }).click()
  await page.getByRole('checkbox', { name: 'Choose the eval All' }).click()
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText('The two were run on different data sets. Compared on the 3 cases')).toBeVisible()
  await expect(page.locator('[data-compared="passed"]')).toContainText('The same')
  await expect(page.locator('[data-compared="latencyMs"]')).toContainText('Noise')
  await expect(page.locator('[data-compared="latencyMs"]')).toContainText('fewer than 6 can never be a difference')
  expect(await faultsOf(page, 'comparison')).toEqual([])
})

test('a clause that helps becomes a version with its figures, one that does not is refused with the reason', async ({
  builder: { page },
  app,
}) => {
  const { call, visit } = driving(page, app.address)
  const saved = await call('POST', '/flows', aFlow())
  await call('POST', '/data-sets', { name: 'Departures', cases: CASES })
  await visit(`/flows/${saved.id}`)
  await page.locator('[data-agent]').click()
  await page.getByRole('link', { name: 'Prompt lab' }).click()
  await expect(page.locator('[data-sum]')).toContainText('11 variants × 8 cases × 1 repeat = 88 runs')
  const own = page.getByRole('group', { name: /^Clauses/ })
  for (const box of (await own.getByRole('checkbox').all()).slice(1)) await box.click()
  await own.getByRole('textbox', { name: 'Your own clause' }).fill('- sail runs after tide, wind')
  await own.getByRole('textbox', { name: 'Called' }).fill('Look first')
  await own.getByRole('button', { name: 'Add clause' }).click()
  await expect(page.locator('[data-sum]')).toContainText('3 variants × 8 cases × 1 repeat = 24 runs')
  await page.getByRole('button', { name: 'Start eval' }).click()

  const helps = page.locator('[data-clause="Look first"]')
  const idle = page.locator('[data-clause="Plan the whole volley first"]')
  await expect(helps).toContainText('0 % → 100 %', { timeout: 20_000 })
  await expect(idle).toContainText('The same in all 8 cases.')
  await expect(idle.getByRole('button')).toHaveCount(0)
  expect(await faultsOf(page, 'clauses')).toEqual([])
  await helps.getByRole('button', { name: 'Make it a version' }).click()
  await expect(helps).toContainText('It is version 2 now.')
  const made = await call('GET', `/flows/${saved.id}/versions/2`)
  expect(made.flow.agent.system).toBe('You know ports.\n\n- sail runs after tide, wind')
  expect(made.note).toContain('Clause “Look first” added to v1. Passed 0 % to 100 % (better, p 0.008)')

  // Whoever comes later finds the flow moved on, and is led to it.
  await page.reload()
  await helps.getByRole('button', { name: 'Make it a version' }).click()
  await expect(helps).toContainText('The flow has moved on since version 1 was measured')
  await helps.getByRole('button', { name: 'Open the flow' }).click()
  await expect(page).toHaveURL(new RegExp(`/flows/${saved.id}`))
})

function driving(page: Page, address: string) {
  return {
    call: (method: string, path: string, body?: unknown) =>
      page.evaluate(
        async ([how, to, text]) => {
          const headers = { 'content-type': 'application/json' }
          const answer = await fetch(`/api${to}`, { method: how, headers, ...(text === '' ? {} : { body: text }) })
          return answer.status === 204 ? null : answer.json()
        },
        [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
      ),
    visit: (path: string) => page.goto(new URL(path, address).href),
  }
}
