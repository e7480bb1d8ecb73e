import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fromRoot } from '../fromRoot.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const WEB = path.join(ROOT, 'web')
const BARE = path.join(import.meta.dirname, 'bare')

/** Builds Volley's page as `npm start` does, and the bare one beside it, with the very same packages. Answers where they are. */
export async function buildPages(): Promise<{ volley: string; bare: string }> {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/run.mjs'), 'build'], { stdio: ['ignore', 2, 2] })
  const outDir = path.join(ROOT, 'bench/node_modules/.cache/bare')
  const { build } = await fromRoot<typeof import('vite')>('vite')
  const { default: react } = await fromRoot<{ default: () => never }>('@vitejs/plugin-react')
  await build({
    configFile: false,
    logLevel: 'warn',
    root: BARE,
    base: '/bare/',
    plugins: [react()],
    resolve: {
      alias: ['@xyflow/react', 'react-dom', 'react', 'eventsource-parser'].map((name) => ({
        find: new RegExp(`^${name}(?=/|$)`),
        replacement: path.join(WEB, 'node_modules', name),
      })),
    },
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1000 },
  })
  return { volley: path.join(WEB, 'dist'), bare: outDir }
}
