import { defineConfig } from '@playwright/test'

// Journeys through the built page and the real server, one server a test, in a real Chromium (found by browser.mjs).
export default defineConfig({
  testDir: 'journeys',
  outputDir: '../test-results',
  // One set of pictures for every system.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  // Far beyond what a journey takes: a busy machine is no fault of the page.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Journeys wait more than they work: for runs, for animations, for saves.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  use: {
    viewport: { width: 1600, height: 1000 },
    // Nobody looks: a quarter of the pixels costs a quarter of the drawing. What is compared with pictures draws all of them.
    deviceScaleFactor: 0.5,
    colorScheme: 'dark',
    // What moves is drawn again and again. Journeys that are about motion ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    // Recording every step doubles the time: VOLLEY_TRACE=1 npm run e2e -- <spec> keeps it of what fails.
    trace: process.env.VOLLEY_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.VOLLEY_CHROMIUM ? { executablePath: process.env.VOLLEY_CHROMIUM } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
