import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import packaged from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core'
import { MOST_MEMORY_MB } from './protocol.ts'

/** Its types describe the CommonJS build; the module that is loaded has the variant itself as its default. */
const variant = packaged as unknown as QuickJSSyncVariant

const PAGES_PER_MB = 16
const PAGE_BYTES = 65_536
/** Beyond this part of the cap the next growth may be too much for it. */
const FULL = 0.5
const FIRST_MB = 16
const MOST_STACK_BYTES = 256 * 1024

export interface FreshContext {
  context: QuickJSContext
  /** Whether its memory has grown so far that little more can be had. */
  isFull(): boolean
}

/** Makes fresh contexts, each in a memory of its own that cannot grow beyond the cap: nothing of one call is there for the next. */
export async function openQuickJs(): Promise<() => Promise<FreshContext>> {
  const file = fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'))
  const wasmModule = await WebAssembly.compile(await readFile(file))
  return async () => {
    // The cap is the memory's own: QuickJS counts some of what it takes, the memory counts all.
    const wasmMemory = new WebAssembly.Memory({
      initial: FIRST_MB * PAGES_PER_MB,
      maximum: MOST_MEMORY_MB * PAGES_PER_MB,
    })
    const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule, wasmMemory }))
    const runtime = quickJs.newRuntime()
    runtime.setMaxStackSize(MOST_STACK_BYTES)
    return {
      context: runtime.newContext(),
      isFull: () => wasmMemory.buffer.byteLength > FULL * MOST_MEMORY_MB * PAGES_PER_MB * PAGE_BYTES,
    }
  }
}
