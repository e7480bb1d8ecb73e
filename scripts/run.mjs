#!/usr/bin/env node
// One door for every command of the checkout: installs what is missing, picks a new enough Node, starts the tool.
// Plain JavaScript for Node 18 and later, without dependencies: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = '12.21.0'
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [command = 'start', ...rest] = process.argv.slice(2)
const quiet = command === 'volley'
// Node keeps what it compiled: a later start takes half the time.
process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'compiled')

const commands = {
  start: () => {
    buildPage()
    serve(rest)
  },
  volley: () => run(['server/src/main.ts', ...rest], { cwd: process.env.INIT_CWD ?? root }),
  dev: () => dev(),
  build: () => buildPage(),
  format: () => run([tool('@biomejs/biome/bin/biome'), 'check', '--write', '.']),
  check: () => check(),
  unit: () => run([tool('vitest/vitest.mjs'), 'run', ...rest]),
  e2e: () => {
    buildPage()
    journeys(rest)
  },
  test: () => {
    check()
    run([tool('vitest/vitest.mjs'), 'run'])
    buildPage()
    journeys([])
  },
}

if (!Object.hasOwn(commands, command))
  fail(`unknown command "${command}"; there are ${Object.keys(commands).join(', ')}`)
install()
const node = newEnoughNode()
commands[command]()

/** Installs the pinned packages when lockfile or manifests changed since the last time; else touches no network. */
function install() {
  const manifests = ['package.json', ...['shared', 'server', 'web', 'e2e'].map((folder) => `${folder}/package.json`)]
  const wanted = hash(['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests])
  const stamp = path.join(root, 'node_modules', '.volley-installed')
  if (read(stamp) === wanted) return
  say('Installing packages (only after a change) …')
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  const args = ['--yes', `pnpm@${PNPM}`, 'install', '--frozen-lockfile', '--reporter=append-only']
  const stdout = quiet ? process.stderr : 'inherit'
  const done = spawnSync(npx, args, {
    cwd: root,
    stdio: ['ignore', stdout, 'inherit'],
    env: { ...process.env, CI: 'true' },
  })
  if (done.status !== 0)
    fail('the packages could not be installed: see above; a package registry must be reachable the first time')
  fs.writeFileSync(stamp, wanted)
}

/** This Node when it runs TypeScript as it is (22.18 and later), else the one that came with the packages. */
function newEnoughNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  for (const name of [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    const binary = path.join(root, 'node_modules', name, 'bin', 'node')
    if (fs.existsSync(binary)) return binary
  }
  return fail(
    `Node ${process.versions.node} is too old and none is bundled for ${process.platform}-${process.arch}: install Node 22.18 or later`,
  )
}

/** Builds the page when a source of web or shared changed. */
function buildPage() {
  const sources = ['web', 'shared']
    .flatMap((folder) => filesBelow(path.join(root, folder)))
    .concat('vite.config.ts', 'pnpm-lock.yaml')
  const wanted = hash(sources)
  const stamp = path.join(root, 'web', 'dist', '.volley-built')
  if (read(stamp) === wanted) return
  say('Building the page …')
  run([tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn'])
  fs.writeFileSync(stamp, wanted)
}

function check() {
  run([tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'])
  run([tool('typescript/bin/tsc'), '--noEmit'])
  run([tool('typescript/bin/tsc'), '--noEmit', '-p', 'shared'])
}

function journeys(args) {
  const found = spawnSync(node, ['e2e/browser.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (found.status !== 0) process.exit(found.status ?? 1)
  const env = { ...process.env, VOLLEY_CHROMIUM: found.stdout.trim() }
  run([tool('@playwright/test/cli.js', 'e2e'), 'test', '--config', 'e2e/playwright.config.ts', ...args], { env })
}

/** Starts the server and hands signals on; the channel tells it when this process is gone, however it went. */
function serve(args) {
  const child = spawn(node, ['server/src/main.ts', 'serve', ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

function dev() {
  serve([])
  spawn(node, [tool('vite/bin/vite.js')], { cwd: root, stdio: 'inherit' })
}

function run(args, options = {}) {
  const script = path.isAbsolute(args[0]) ? args[0] : path.join(root, args[0])
  const done = spawnSync(node, [script, ...args.slice(1)], { cwd: root, stdio: 'inherit', ...options })
  if (done.error) fail(done.error.message)
  if (done.status !== 0 || command === 'volley') process.exit(done.status ?? 130)
}

/** The JavaScript file of a tool: never a shim of .bin, which would start the old Node. */
function tool(file, workspace = '.') {
  const [name, ...inside] = file.split(/(?<=^@[^/]+\/[^/]+|^[^@/][^/]*)\//)
  const manifest = createRequire(path.join(root, workspace, 'package.json')).resolve(`${name}/package.json`)
  return path.join(path.dirname(manifest), ...inside)
}

function filesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(file)
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path.relative(root, file)]
  })
}

function hash(files) {
  const sum = createHash('sha256')
  for (const file of files) sum.update(`${file}\n${read(path.join(root, file)) ?? ''}\n`)
  return sum.digest('hex')
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`volley: ${text}\n`)
  process.exit(1)
}
