// Records the runs that the gallery of components shows: node scripts/recordGallery.mjs
// Each is a real run of the engine, through the command line. One that waits for ever is interrupted, so that its log ends, too.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const fixtures = path.join(root, 'web/src/gallery/__fixtures__')
/** So long without an event, nothing more will happen by itself. */
const QUIET_MS = 1500

await record('everyState', path.join(fixtures, 'everyState.flow.json'), 'Plan a trip to Paris and Rome.')
await record(
  'finished',
  path.join(root, 'examples/geocode-forecast-offline.flow.json'),
  'Compare the weather in Paris, Rome and Oslo.',
)

async function record(name, flow, input) {
  const args = [path.join(root, 'scripts/run.mjs'), 'volley', 'run', flow, '--input', input, '--events']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let text = ''
  let quiet
  child.stdout.on('data', (bytes) => {
    text += bytes
    clearTimeout(quiet)
    // The whole group: the command line runs below the process that was started.
    quiet = setTimeout(() => process.kill(-child.pid, 'SIGINT'), QUIET_MS)
  })
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(quiet)
  const events = text.trim().split('\n')
  fs.writeFileSync(path.join(fixtures, `${name}.events.json`), `[\n${events.join(',\n')}\n]\n`)
  console.log(`${name}: ${events.length} events`)
}
