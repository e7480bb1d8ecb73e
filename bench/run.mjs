#!/usr/bin/env node
// Installs the peers when their list changed, picks a new enough Node, and measures. Plain JavaScript: it runs before anything else.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.dirname(here)
const [command, ...rest] = process.argv.slice(2)

install()
const node = newEnoughNode()
if (command === 'check') {
  run(['--test', path.join(here, 'src/*.test.ts')])
  run([path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', here])
} else run([path.join(here, 'src/main.ts'), ...(command === undefined ? [] : [command]), ...rest])

function install() {
  const stamp = path.join(here, 'node_modules/.installed')
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(here, 'package-lock.json')))
    .digest('hex')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  })
  if (done.status !== 0) fail('the peers could not be installed: see above; a package registry must be reachable')
  fs.writeFileSync(stamp, lock)
}

/** This Node when it is one that runs the whole of it, else the one that came with the packages. */
function newEnoughNode() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major >= 24) return process.execPath
  for (const name of [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    const binary = path.join(root, 'node_modules', name, 'bin', 'node')
    if (fs.existsSync(binary)) return binary
  }
  return fail(
    'no new enough Node: start Volley once with npm start, which brings one along, or install Node 24 or later',
  )
}

function run(args) {
  const done = spawnSync(node, args, { stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function fail(text) {
  process.stderr.write(`bench: ${text}\n`)
  process.exit(1)
}
