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
    include: ['shared/src/**/*.test.ts', 'server/src/**/*.test.ts', 'web/src/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // As many as there are cores: the tests of crashes and processes wait more than they work.
    maxWorkers: 2,
  },
})
