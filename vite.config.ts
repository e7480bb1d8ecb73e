import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// While developing, the page stands beside the server and speaks to it under the server's own name.
const volley = `http://127.0.0.1:${process.env.VOLLEY_PORT ?? 4400}`

// One configuration for the page (vite) and the unit tests (vitest).
export default defineConfig({
  root: 'web',
  plugins: [react(), tailwindcss()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1000, modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    port: 4401,
    proxy: { '/api': { target: volley, changeOrigin: true, headers: { origin: volley } } },
  },
  test: {
    root: '.',
    testTimeout: 60_000,
    // One more than a small machine has cores: the tests of crashes, processes and servers that share a store wait more than they work.
    maxWorkers: 3,
    projects: [
      // What is pure, or keeps its state in stores that each test makes or resets, needs no process of its own for each file.
      { extends: true, test: { name: 'shared', include: ['shared/src/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'web', include: ['web/src/**/*.test.{ts,tsx}'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          exclude: ['server/src/store/**', 'server/src/fleet/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['server/src/{store,fleet}/**/*.test.ts'],
          isolate: false,
          globalSetup: 'server/src/testing/postgresSetup.ts',
        },
      },
    ],
  },
})
