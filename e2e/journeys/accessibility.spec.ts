import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'
import type { Builder } from '../builder.ts'

/** The example that has failures in it, run to its end, and saved so that everything there is about it can be opened. */
async function runExample(builder: Builder, page: Page): Promise<void> {
  await builder.openExample('research')
  await builder.button('Run').click()
  await builder.answered()
  await page.getByRole('textbox', { name: 'Description' }).first().fill('Looked at closely.')
  await builder.saved()
}

// Those of tools and settings are looked at where they are used: tools.spec.ts.
const DIALOGS = ['Control+k', 'Import', 'Versions'] as const

async function openDialog(builder: Builder, page: Page, name: (typeof DIALOGS)[number]): Promise<void> {
  if (name === 'Control+k') await page.keyboard.press(name)
  else await builder.button(name).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

test('no screen has an accessibility fault, in either theme', async ({ builder, page, app }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // Some twenty screens, one after the other in one page.
  test.setTimeout(300_000)
  const faults: string[] = []
  const check = async (screen: string) => faults.push(...(await faultsOf(page, screen)))
  const visit = (path: string) => page.goto(new URL(path, app.address).href)

  await check('home with examples')
  await runExample(builder, page)
  await check('editor after a run')
  await page.locator('[data-tool]').first().click()
  await page.getByRole('slider', { name: 'Moment on the time axis' }).focus()
  await page.keyboard.press('PageDown')
  await check('editor with a tool, looking back')
  await page.keyboard.press('End')
  await page.getByRole('radio', { name: 'List' }).click()
  await page.getByRole('treeitem').nth(1).focus()
  await page.keyboard.press('ArrowRight')
  await check('list')
  for (const dialog of DIALOGS) {
    await openDialog(builder, page, dialog)
    await check(`dialog ${dialog}`)
    await page.keyboard.press('Escape')
  }
  await page.setViewportSize({ width: 760, height: 900 })
  await check('narrow list')
  await builder.button('Properties').click()
  await check('sheet of properties')
  await page.keyboard.press('Escape')
  await page.getByRole('radio', { name: 'Canvas' }).click()
  await check('narrow canvas')
  await page.setViewportSize({ width: 1600, height: 1000 })

  for (const path of ['/', '/runs', '/evals']) {
    await visit(path)
    await expect(page.getByRole('main')).toBeVisible()
    await check(path)
  }
  await visit('/runs')
  await page.getByRole('main').getByRole('link').first().click()
  await expect(builder.timeline).toBeVisible()
  await check('page of a run')
  await page.getByRole('tab', { name: /Calls/ }).click()
  await builder.timeline.getByRole('row').nth(1).click()
  await check('page of a run, a call open')
  expect(faults).toEqual([])
})

test('with less motion nothing on the page keeps moving, also while a run goes on', async ({ builder, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await builder.openExample('research')
  await builder.button('Run').click()
  await expect(page.locator('[data-call][data-status="running"]').first()).toBeAttached()
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.playState === 'running')
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0) > 20)
      .map(({ effect }) => (effect as KeyframeEffect).target?.className),
  )
  expect(moving).toEqual([])
})

test('at twice the size nothing is lost, and nothing has to be scrolled both ways', async ({ builder, page, app }) => {
  await page.setViewportSize({ width: 800, height: 500 })
  const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  const visit = (path: string) => page.goto(new URL(path, app.address).href)
  for (const path of ['/', '/runs', '/settings']) {
    await visit(path)
    await expect(page.getByRole('main')).toBeVisible()
    expect(await isTooWide(), path).toBe(false)
  }
  await visit('/')
  await builder.openExample('three-cities')
  for (const name of ['Run', 'Stop', 'Export', 'Import', 'Versions', 'Tools', 'Properties'])
    await expect(builder.button(name).first(), name).toBeInViewport({ ratio: 1 })
  await expect(builder.prompt).toBeInViewport()
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeInViewport()
  await builder.button('Run').click()
  await builder.button('Properties').click()
  const sheet = page.getByRole('dialog', { name: 'Properties' })
  await expect(sheet.getByRole('textbox', { name: 'Name', exact: true })).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(builder.button('Properties')).toBeFocused()
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await expect(builder.timeline).toBeInViewport()
  expect(await isTooWide(), 'the editor').toBe(false)
})

test('every screen is gone through by Tab, forth and back, with the focus always seen', async ({
  builder,
  page,
  app,
}) => {
  const visit = (path: string) => page.goto(new URL(path, app.address).href)
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await builder.openExample('three-cities')
  await builder.button('Run').click()
  await builder.answered()
  const editor = await walk(page)
  for (const stop of ['Canvas', 'tool-node', 'call-pip', 'Prompt', 'Moment on the time axis', 'Run'])
    expect(
      editor.some((one) => one.includes(stop)),
      `${stop} among ${editor.join(', ')}`,
    ).toBe(true)
  for (const path of ['/runs', '/settings']) {
    await visit(path)
    await expect(page.getByRole('main')).toBeVisible()
    await walk(page)
  }
})

test('a dialog holds the focus and gives it back', async ({ builder, page }) => {
  await builder.openExample('three-cities')
  const opener = builder.button('Versions').first()
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeFocused()
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()
})

/** Presses Tab once around the page, and Shift with Tab once: each stop is seen, and the way back is the way there. Answers the stops. */
async function walk(page: Page): Promise<string[]> {
  // From before the first stop: where the focus was last is where Tab would go on.
  await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
  })
  const goAround = async (key: string) => {
    const stops: string[] = []
    for (let step = 0; step < 120; step++) {
      await page.keyboard.press(key)
      const stop = await page.evaluate(describeFocus)
      if (stop === null) return stops
      stops.push(stop)
      if (stop.startsWith('UNSEEN')) break
    }
    return stops
  }
  const there = await goAround('Tab')
  expect(there.filter((stop) => stop.startsWith('UNSEEN'))).toEqual([])
  expect(there.length).toBeLessThan(120)
  const back = await goAround('Shift+Tab')
  // A tool's calls are stops on the way there alone, after their tool.
  const isCall = (stop: string) => stop.includes('call-pip')
  expect(back.reverse().filter((stop) => !isCall(stop))).toEqual(there.filter((stop) => !isCall(stop)))
  return there
}

/** What has the focus, in words; null when it left the page. Begins with UNSEEN where nothing shows that it is there. */
function describeFocus(): string | null {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 24)} ${element.className}`
  const { width, height, top, left } = element.getBoundingClientRect()
  const isPlaced =
    width > 0 && height > 0 && top < innerHeight && left < innerWidth && top + height > 0 && left + width > 0
  const drawn = [element, ...element.querySelectorAll('*')].slice(0, 12)
  const isMarked = drawn.some((one) =>
    [null, '::before', '::after'].some((part) => {
      const style = getComputedStyle(one, part)
      return (
        (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
        style.boxShadow !== 'none' ||
        (part === '::after' && style.content !== 'none' && style.borderStyle === 'solid')
      )
    }),
  )
  return isPlaced && isMarked ? name : `UNSEEN ${name}`
}
