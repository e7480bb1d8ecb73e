import type { Model } from '../engine/ports.ts'
import type { Endpoint } from './endpoint.ts'

/** A model whose parts are loaded when it is first asked: a server that never asks it starts sooner. */
function loadedLater(load: () => Promise<Model>): Model {
  let loaded: Promise<Model> | undefined
  return {
    async *stream(...asked) {
      loaded ??= load()
      yield* (await loaded).stream(...asked)
    },
  }
}

/** The Anthropic model, whose client is large. */
export const anthropicModel = (endpoint: Endpoint): Model =>
  loadedLater(async () => (await import('./anthropic.ts')).createAnthropicModel(endpoint))
