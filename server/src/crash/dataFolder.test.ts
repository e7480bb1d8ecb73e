import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunRecord } from '@volley/shared/run/record.ts'
import { expect, onTestFinished, test } from 'vitest'
import { logFaults } from '../testing/invariants.ts'
import { aFlow } from '../testing/logEvents.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { followRun } from './followRun.ts'
import { spawnServer, startRealServer } from './realServer.ts'

const isRoot = process.getuid?.() === 0

/** Starts a server that must refuse to start; gives what it said on standard error. */
async function refusal(environment: Record<string, string>, { uid }: { uid?: number } = {}): Promise<string> {
  const server = spawnServer(environment, uid === undefined ? {} : { uid })
  expect([await server.ended, server.out()]).toEqual([1, ''])
  expect(server.err().trim().split('\n')).toHaveLength(1)
  return server.err()
}

test('a second server on a folder in use is refused with a sentence, and the first one goes on', async () => {
  const VOLLEY_DATA = `${temporaryFolder()}/data`
  const first = await startRealServer({ VOLLEY_DATA })
  expect(await refusal({ VOLLEY_DATA })).toMatch(
    /^volley: the data folder .* is used by another Volley server: stop that one/,
  )
  expect((await first.call('POST', '/api/flows', aFlow())).status).toBe(201)
  first.process.kill('SIGKILL')
  await first.ended
  const next = await startRealServer({ VOLLEY_DATA })
  expect(((await (await next.call('GET', '/api/flows')).json()) as { items: unknown[] }).items).toHaveLength(1)
}, 60_000)

test('a taken port is refused with a sentence, before the data folder is touched', async () => {
  const first = await startRealServer({ VOLLEY_DATA: `${temporaryFolder()}/data` })
  const elsewhere = { VOLLEY_DATA: `${temporaryFolder()}/data`, VOLLEY_PORT: String(first.port) }
  expect(await refusal(elsewhere)).toMatch(/^volley: port \d+ on 127\.0\.0\.1 is taken: stop/)
  expect(() => statfsSync(elsewhere.VOLLEY_DATA)).toThrow()
}, 60_000)

test('a data folder that cannot be made is refused with a sentence', async () => {
  const folder = temporaryFolder()
  writeFileSync(`${folder}/file`, '')
  expect(await refusal({ VOLLEY_DATA: `${folder}/file/data` })).toMatch(/cannot be made .*VOLLEY_DATA/)
}, 60_000)

// Root may write everywhere, so a server of root is started as nobody, where nobody can reach the program.
const asNobody = isRoot ? { uid: 65_534 } : {}
const main = new URL('../main.ts', import.meta.url).pathname
const look = ['-e', 'require("node:fs").accessSync(process.argv[1])', main]
const canStart = spawnSync(process.execPath, look, { ...asNobody, stdio: 'ignore' }).status === 0

test.runIf(canStart)(
  'a data folder that may not be written to is refused with a sentence',
  async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o755)
    mkdirSync(`${folder}/data`)
    chmodSync(`${folder}/data`, 0o555)
    expect(await refusal({ VOLLEY_DATA: `${folder}/data` }, asNobody)).toMatch(
      /^volley: the data folder .* (check its rights|cannot)/,
    )
    expect(await refusal({ VOLLEY_DATA: `${folder}/data/inner` }, asNobody)).toMatch(/cannot be made .*VOLLEY_DATA/)
  },
  60_000,
)

test('a token that cannot be read is told with a sentence', async () => {
  const folder = temporaryFolder()
  mkdirSync(`${folder}/token`)
  const said = await refusal({ VOLLEY_DATA: folder, VOLLEY_TOKEN: '' })
  expect(said).toMatch(/^volley: the file "token" in the data folder .* check its rights/)
}, 60_000)

// Needs a disk of its own that is small enough to be filled: only root can make one.
test.runIf(isRoot && canMount())(
  'on a full disk the server stays up and says so; runs go on when there is room again',
  async () => {
    const folder = smallDisk()
    const filler = `${folder}/filler`
    const server = await startRealServer({ VOLLEY_DATA: `${folder}/data` })
    const flow = aFlow('Harbour', [])
    flow.tools = [
      {
        name: 'wait',
        parameters: { type: 'object' },
        run: { kind: 'mock', result: 'x'.repeat(20_000), latencyMs: 600 },
      },
    ]
    flow.agent.settings = {
      script: [{ calls: Array.from({ length: 8 }, () => ({ tool: 'wait', arguments: {} })) }, { text: 'Done.' }],
    }
    const saved = (await (await server.call('POST', '/api/flows', flow)).json()) as { id: string }
    const { runId } = (await (await server.call('POST', '/api/runs', { flow, input: 'Go.' })).json()) as {
      runId: string
    }
    await sleep(200)
    fill(filler)

    const put = await server.call('PUT', `/api/flows/${saved.id}`, { ...flow, description: 'y'.repeat(100_000) })
    expect(put.status).toBe(503)
    expect(await put.text()).toContain('the disk is full: make room, then try again; what was saved before is kept')
    const start = await server.call('POST', '/api/runs', { flow, input: 'z'.repeat(100_000) })
    expect(await start.text()).toContain('the disk is full')
    await sleep(1500)
    const record = (await (await server.call('GET', `/api/runs/${runId}`)).json()) as RunRecord
    expect(record.status).toBe('running')
    expect(((await (await server.call('GET', '/api/flows')).json()) as { items: unknown[] }).items).toHaveLength(1)

    rmSync(filler)
    const events = await followRun(runId, async () => server)
    expect(logFaults(events, flow)).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'succeeded' })
    expect(events.filter(({ type }) => type === 'call.started')).toHaveLength(8)
    expect((await server.call('PUT', `/api/flows/${saved.id}`, { ...flow, description: 'Room.' })).status).toBe(200)
  },
)

test.runIf(isRoot && canMount())(
  'a server starts on no full disk, but says why; with room it does',
  async () => {
    const folder = smallDisk()
    const filler = `${folder}/filler`
    fill(filler)
    expect(await refusal({ VOLLEY_DATA: `${folder}/data` })).toMatch(/^volley: .*(disk is full|no space left)/i)
    rmSync(filler)
    await startRealServer({ VOLLEY_DATA: `${folder}/data` })
  },
  60_000,
)

function fill(file: string) {
  for (let size = 1024 * 1024; size >= 512; size /= 2) {
    try {
      for (;;) writeFileSync(file, 'f'.repeat(size), { flag: 'a' })
    } catch {}
  }
}

function smallDisk(): string {
  const folder = temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

function canMount(): boolean {
  const folder = `/tmp/volley-mount-${process.pid}`
  try {
    mkdirSync(folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
