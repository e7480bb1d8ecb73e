import { expect, type Locator, type Page } from '@playwright/test'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'

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

  /** Saves a document through the API and opens it. */
  async openFlow(document: FlowDocument): Promise<void> {
    const id = await this.page.evaluate(async (body) => {
      const answer = await fetch('/api/flows', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      return (await answer.json()).id as string
    }, JSON.stringify(document))
    await this.page.goto(new URL(`/flows/${id}`, this.page.url()).href)
    await expect(this.canvas).toBeVisible()
  }

  /** From now on the page itself counts how many calls were ever seen running at once: no look from outside comes too late. */
  async countRunning(): Promise<() => Promise<number>> {
    await this.page.evaluate(() => {
      const seen = window as unknown as { mostRunning: number }
      seen.mostRunning = 0
      new MutationObserver(() => {
        seen.mostRunning = Math.max(
          seen.mostRunning,
          document.querySelectorAll('[data-tool] [data-call][data-status="running"]').length,
        )
      }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] })
    })
    return () => this.page.evaluate(() => (window as unknown as { mostRunning: number }).mostRunning)
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

  /** Does something by the command list, found by these words. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    const field = this.page.getByRole('combobox', { name: 'Find a command or a tool' })
    await expect(field).toBeFocused()
    await field.pressSequentially(words)
    await this.page.keyboard.press('Enter')
  }

  async run(prompt: string): Promise<void> {
    await this.prompt.fill(prompt)
    await this.button('Run').click()
  }

  /** The run that was just started has ended. */
  async answered(): Promise<void> {
    await expect(this.page.locator('[data-summary="elapsedMs"]').first()).not.toBeEmpty({ timeout: 20_000 })
    await expect(this.button('Stop')).toBeDisabled({ timeout: 20_000 })
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible()
  }
}
