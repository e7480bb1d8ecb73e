import fs from 'node:fs'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const line = (value: unknown) => `${JSON.stringify(value)}\n`

test('a data set is written by hand, imported into, edited, exported and deleted', async ({ builder, page, app }) => {
  await page.goto(new URL('/evals?tab=data-sets', app.address).href)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ports')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Ports' })).toBeVisible()

  // One case by hand: what is missing is told, and closing asks.
  await page.getByRole('button', { name: 'Write the first' }).click()
  const editor = page.getByRole('dialog', { name: 'New case' })
  await editor.getByRole('textbox', { name: 'Input' }).fill('When can we sail from Oslo?')
  await editor.getByRole('combobox', { name: 'Calls', exact: true }).selectOption('these')
  await editor.getByRole('button', { name: 'Add call' }).click()
  await expect(editor.getByRole('status', { name: 'To be mended' })).toContainText('Call 1: name the tool.')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Close without saving?' }).getByRole('button', { name: 'Cancel' }).click()
  const call = editor.getByRole('group', { name: 'Call 1' })
  await call.getByRole('combobox', { name: 'Tool' }).fill('tide')
  await editor.getByRole('button', { name: 'Save case' }).click()
  const cases = page.locator('[data-case]')
  await expect(cases).toHaveText([/case-1.*When can we sail from Oslo\?.*tide/])

  // The good ones of a file, with the bad line named; an id that is taken gets another.
  await page.getByRole('button', { name: 'Import' }).click()
  const imports = page.getByRole('dialog', { name: 'Import cases' })
  const text = [line({ id: 'two', input: 'Both?' }), '{"id": "three"}\n', line({ id: 'case-1', input: 'Again?' })]
  await imports
    .getByLabel('Files to import')
    .setInputFiles({ name: 'more.jsonl', mimeType: 'text/plain', buffer: Buffer.from(text.join('')) })
  await expect(imports.getByRole('list', { name: 'What could not be read' })).toHaveText(
    'more.jsonl, line 2: "input" is missing',
  )
  await imports.getByRole('combobox', { name: 'Its case' }).selectOption('rename')
  expect(await faultsOf(page, 'import')).toEqual([])
  await imports.getByRole('button', { name: 'Add the 2 good ones' }).click()
  await expect(cases).toHaveText([/^case-1When/, /^twoBoth\?/, /^case-2Again\?/])

  // The expected calls of a case, in the form and as JSON.
  await page.getByRole('button', { name: 'two', exact: true }).click()
  const two = page.getByRole('dialog', { name: 'Case two' })
  await two.getByRole('combobox', { name: 'Calls', exact: true }).selectOption('these')
  for (const tool of ['tide', 'sail']) {
    await two.getByRole('button', { name: 'Add call' }).click()
    await two.getByRole('combobox', { name: 'Tool' }).last().fill(tool)
  }
  const first = two.getByRole('group', { name: 'Call 1' })
  await first.getByRole('combobox', { name: 'Arguments' }).selectOption('these')
  await first.getByRole('button', { name: 'Add parameter' }).click()
  await first.getByRole('combobox', { name: 'Name of parameter 1' }).fill('port')
  await first.getByRole('checkbox', { name: 'Any value of port' }).click()
  await first.getByRole('textbox', { name: 'Value 1 of port' }).fill('Oslo')
  await expect(two.getByRole('status', { name: 'To be mended' })).toContainText('Call 1, “port”: this is no JSON')
  await first.getByRole('button', { name: 'As text' }).click()
  const after = two.getByRole('group', { name: 'Call 2' }).getByRole('combobox', { name: 'After' })
  await after.click()
  await page.getByRole('option', { name: 'call 1: tide' }).click()
  expect(await faultsOf(page, 'editor of a case')).toEqual([])
  await two.getByRole('tab', { name: 'JSON' }).click()
  await expect(two.getByRole('textbox', { name: 'The case as JSON' })).toContainText('"after": [')
  await two.getByRole('button', { name: 'Save case' }).click()
  await expect(two).toBeHidden()
  await expect(page.getByRole('button', { name: 'two', exact: true })).toBeFocused()
  expect(await faultsOf(page, 'data set')).toEqual([])

  const [download] = await Promise.all([page.waitForEvent('download'), builder.button('Export').click()])
  expect(download.suggestedFilename()).toBe('Ports.jsonl')
  const exported = fs
    .readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
  expect(JSON.parse(exported[1] ?? '')).toEqual({
    id: 'two',
    input: 'Both?',
    expected: {
      calls: [
        { id: 'tide', tool: 'tide', arguments: { port: ['Oslo'] } },
        { tool: 'sail', after: ['tide'] },
      ],
    },
  })
  await builder.button('More for Ports').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete data set' }).click()
  await expect(page.getByText('No data sets yet')).toBeVisible()
})

test('a run becomes a case of a data set, and an id that is taken is told', async ({ builder, page, app }) => {
  await builder.openExample('three-cities')
  await builder.run('Compare the weather.')
  await builder.answered()
  await page.getByRole('tab', { name: /Calls/ }).click()
  const add = () => page.getByRole('button', { name: 'Add to a data set' }).first().click()
  await add()
  const dialog = page.getByRole('dialog', { name: 'Add to a data set' })
  await dialog.getByRole('textbox', { name: 'Name of the data set' }).fill('From runs')
  expect(await faultsOf(page, 'add to a data set')).toEqual([])
  await dialog.getByRole('button', { name: 'Add case' }).click()
  await expect(dialog).toBeHidden()
  await add()
  await expect(dialog.getByRole('combobox', { name: 'Data set' })).toContainText('From runs (1 case)')
  await expect(dialog.getByText('This id is taken in the set.')).toBeVisible()
  await dialog.getByRole('button', { name: /^Use / }).click()
  await dialog.getByRole('button', { name: 'Add case' }).click()
  await expect(dialog).toBeHidden()
  await page.goto(new URL('/evals?tab=data-sets', app.address).href)
  await page.getByRole('link', { name: 'From runs' }).click()
  await expect(page.locator('[data-case]')).toHaveCount(2)
  await expect(page.locator('[data-case]').first()).toContainText('Compare the weather.')
})
