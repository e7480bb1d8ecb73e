import { expect, type Locator, type Page } from '@playwright/test'

/** Drives the page with the names of the product's contract, as a person would. */
export class Builder {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get canvas(): Locator {
    return this.page.getByRole('region', { name: 'Canvas' })
  }
  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector' })
  }
  get timeline(): Locator {
    return this.page.getByRole('region', { name: 'Timeline' })
  }
  get prompt(): Locator {
    return this.page.getByRole('textbox', { name: 'Prompt' })
  }
  tool(name: string): Locator {
    return this.page.locator(`[data-tool="${name}"]`)
  }
  calls(tool: string): Locator {
    return this.tool(tool).locator('[data-call]')
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async startBlank(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start blank' }).click()
    await expect(this.canvas).toBeVisible()
  }

  async openExample(id: string): Promise<void> {
    await this.page.locator(`[data-example="${id}"]`).click()
    await expect(this.canvas).toBeVisible()
  }

  /** Drags a kind of tool from the palette to a place on the canvas, and names it. */
  async dragTool(kind: string, name: string, at: { x: number; y: number }): Promise<void> {
    await this.page.locator(`[data-palette="${kind}"]`).dragTo(this.canvas, { targetPosition: at })
    const field = this.inspector.getByRole('textbox', { name: 'Name', exact: true })
    await field.fill(name)
    await field.press('Enter')
    await expect(this.tool(name)).toBeVisible()
  }

  /** Draws an edge from handle to handle. */
  async connect(from: string, to: string): Promise<void> {
    await this.tool(from).locator('[data-handle="out"]').dragTo(this.tool(to).locator('[data-handle="in"]'))
  }

  async run(prompt: string): Promise<void> {
    await this.prompt.fill(prompt)
    await this.button('Run').click()
  }

  async answered(): Promise<void> {
    await expect(this.page.locator('[data-summary="elapsedMs"]').first()).not.toBeEmpty({ timeout: 20_000 })
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible()
  }
}
