import type { Model } from '../engine/ports.ts'
import { createOpenaiChatModel } from './openaiChat.ts'
import { createSimulatedApp } from './simulated/app.ts'

/**
 * The model that needs no key: a server of our own that speaks Chat Completions, reached in the process by the very adapter that
 * reaches the real ones. `script` and `pace` of the settings travel in a private field of the request.
 */
export function createSimulatedModel(): Model {
  const app = createSimulatedApp()
  return createOpenaiChatModel(
    {
      words: { label: 'The simulated model', keyAdvice: '', addressAdvice: '' },
      apiKey: 'none',
      baseURL: 'http://simulated.invalid/v1',
      fetch: async (input, init) => app.fetch(new Request(input, init)),
    },
    {
      extraBody: ({ settings: { script, pace } }) => ({
        volley: { ...(script ? { script } : {}), ...(pace ? { pace } : {}) },
      }),
    },
  )
}
