import type { SavedFlow } from '@volley/shared/api.ts'
import { setName } from '@volley/shared/flow/edit.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Autosave, type SaveFault, saveDelay, saveStateAfter, saveWords, startAutosave } from './autosave.ts'
import { type Draft, draftsIn, restoreFrom } from './drafts.ts'
import { EMPTY_FLOW, useFlowStore } from './flowStore.ts'

const OFFLINE: SaveFault = { status: 0, code: 'offline', message: '', problems: [] }
const store = () => useFlowStore.getState()
const rename = (name: string) => store().change('Rename', (flow) => setName(flow, name))

let kept: Map<string, string>
let sent: { id: string | null; name: string; version: number | null }[]
let answers: (Result<SavedFlow, SaveFault> | Promise<Result<SavedFlow, SaveFault>>)[]
let autosave: Autosave
let created: string[]

const saved = (version: number, flow: Flow = EMPTY_FLOW) =>
  ok<SavedFlow>({ id: 'f1', version, flow, createdAt: '', updatedAt: '' })
const drafts = () =>
  draftsIn({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  })

beforeEach(() => {
  vi.useFakeTimers()
  kept = new Map()
  sent = []
  created = []
  answers = []
  store().open(EMPTY_FLOW, { flowId: 'f1', version: 1 })
  const answer = async (id: string | null, flow: Flow, version: number | null) => {
    sent.push({ id, name: flow.name, version })
    return (await answers.shift()) ?? saved((version ?? 0) + 1, flow)
  }
  autosave = startAutosave({
    create: (flow) => answer(null, flow, null),
    put: answer,
    putOnLeaving: (id, flow, version) => void sent.push({ id, name: flow.name, version }),
    drafts: drafts(),
    now: () => Date.now(),
    onCreated: (id) => created.push(id),
  })
})
afterEach(() => {
  autosave.stop()
  vi.useRealTimers()
})

test('opening a flow saves nothing', async () => {
  store().open(EMPTY_FLOW, { flowId: 'f2', version: 3 })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
  expect(store().save.is).toBe('saved')
})

test('a change is saved after a moment of quiet, on top of the version it came from', async () => {
  rename('One')
  await vi.advanceTimersByTimeAsync(799)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual([{ id: 'f1', name: 'One', version: 1 }])
  expect(store().save.is).toBe('saved')
  expect(store().version).toBe(2)
  expect(kept.size).toBe(0)
})

test('who never stops typing is saved within five seconds all the same', async () => {
  for (let letter = 0; letter < 12; letter++) {
    rename(`Name ${letter}`)
    await vi.advanceTimersByTimeAsync(400)
  }
  expect(sent.length).toBeGreaterThan(0)
})

test('the first save of a new flow creates it and gives it an address', async () => {
  store().open(EMPTY_FLOW, null)
  rename('New')
  await vi.advanceTimersByTimeAsync(1000)
  expect(sent).toEqual([{ id: null, name: 'New', version: null }])
  expect(created).toEqual(['f1'])
})

test('changes made while a save is under way are saved after it, one save at a time', async () => {
  let answer: (value: Result<SavedFlow, SaveFault>) => void = () => {}
  answers.push(new Promise((resolve) => (answer = resolve)))
  rename('One')
  await vi.advanceTimersByTimeAsync(1000)
  rename('Two')
  await vi.advanceTimersByTimeAsync(5000)
  expect(sent).toHaveLength(1)
  answer(saved(2))
  await vi.advanceTimersByTimeAsync(1000)
  expect(sent.map(({ name, version }) => [name, version])).toEqual([
    ['One', 1],
    ['Two', 2],
  ])
  expect(store().save.is).toBe('saved')
})

test('without a server the edit is kept in the browser and saved once the server is back', async () => {
  answers.push(err(OFFLINE), err(OFFLINE))
  rename('Precious')
  await vi.advanceTimersByTimeAsync(900)
  expect(store().save.is).toBe('offline')
  expect(drafts().find('f1')?.flow.name).toBe('Precious')
  await vi.advanceTimersByTimeAsync(5000)
  expect(sent).toHaveLength(3)
  expect(store().save.is).toBe('saved')
  expect(drafts().find('f1')).toBeNull()
})

test('when someone else saved, nothing more is sent until the person chose', async () => {
  answers.push(err({ status: 412, code: 'precondition_failed', message: '', problems: [] }))
  rename('Mine')
  await vi.advanceTimersByTimeAsync(900)
  rename('Mine too')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(store().save.is).toBe('conflict')
  expect(sent).toHaveLength(1)
  expect(drafts().find('f1')?.flow.name).toBe('Mine too')
})

test('a refused document waits for the next change and stays in the browser', async () => {
  answers.push(
    err({ status: 422, code: 'unprocessable', message: 'x', problems: [{ pointer: '/name', message: 'bad' }] }),
  )
  rename('Bad')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toHaveLength(1)
  expect(store().save).toEqual({ is: 'refused', message: 'bad (at /name)' })
  expect(drafts().find('f1')?.flow.name).toBe('Bad')
  rename('Good')
  await vi.advanceTimersByTimeAsync(2000)
  expect(store().save.is).toBe('saved')
})

test('undoing back to what is saved saves nothing', async () => {
  rename('Oops')
  store().undo()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toEqual([])
  expect(store().save.is).toBe('saved')
  expect(kept.size).toBe(0)
})

test('a page that goes away sends what is unsaved and keeps the draft', () => {
  rename('Last words')
  autosave.leave()
  expect(sent).toEqual([{ id: 'f1', name: 'Last words', version: 1 }])
  expect(drafts().find('f1')?.flow.name).toBe('Last words')
})

test('a flow that is opened while another is being saved is not taken for it', async () => {
  let answer: (value: Result<SavedFlow, SaveFault>) => void = () => {}
  answers.push(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  store().open(EMPTY_FLOW, null)
  rename('First new flow')
  await vi.advanceTimersByTimeAsync(1000)
  store().open({ ...EMPTY_FLOW, name: 'Second new flow' }, null)
  answer(saved(1))
  await vi.advanceTimersByTimeAsync(1000)
  expect(store().flowId).toBeNull()
  expect(created).toEqual([])
})

test('a draft is restored on its own version, dropped when the server has it, and a conflict on any other', () => {
  const named = (name: string): Flow => ({ ...EMPTY_FLOW, name })
  const draft: Draft = { flow: named('Mine'), version: 3, sending: named('On its way') }
  expect(restoreFrom(null, { version: 3, flow: named('x') })).toBe('nothing')
  expect(restoreFrom(draft, { version: 4, flow: named('Mine') })).toBe('nothing')
  expect(restoreFrom(draft, { version: 3, flow: named('Old') })).toBe('restore')
  expect(restoreFrom(draft, { version: 4, flow: named('On its way') })).toBe('restore')
  expect(restoreFrom(draft, { version: 4, flow: named('Theirs') })).toBe('conflict')
})

test('a broken draft is no draft', () => {
  kept.set('volley.draft.f1', '{"flow":{"name":1}}')
  expect(drafts().find('f1')).toBeNull()
  kept.set('volley.draft.f1', 'not JSON')
  expect(drafts().find('f1')).toBeNull()
})

test('failures make the next try wait longer, never more than 15 s', () => {
  const wait = (failures: number) => saveDelay({ changedAt: 0, dirtySince: 0, failures }, 0)
  expect([1, 2, 3, 4, 5, 50].map(wait)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
})

test('the save state is said in words', () => {
  expect(saveWords({ is: 'saved' }, false)).toBe('Saved')
  expect(saveWords(saveStateAfter(OFFLINE), false)).toBe('Unsaved — the server does not answer; kept in this browser')
})
